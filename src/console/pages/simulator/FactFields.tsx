import { Form, Input, InputNumber, Select } from 'antd';
import { GUARANTEE_MODES } from '../../../loans/terms.ts';
import { TITLES } from '../../../parties/title.ts';
import { CAP_BASES, CAP_SCOPES } from '../../../policy/kinds/cap-words.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { isAmount, isRate } from '../filings/amount.ts';
import { choicesOf } from '../filings/terms.ts';
import { wordOf } from '../policies/labels.ts';

const YES_OR_NO = [
  { value: true, label: '是' },
  { value: false, label: '否' },
];
const SIZES = { micro: '微型', small: '小型', medium: '中型', large: '大型' };
/** Known not to be any of them, which is not the same as not known. */
const NONE = { value: 'none', label: '都不是' };
const KINDS = [NONE, ...['industryUniversity', 'nationalProject'].map((value) => ({ value, label: wordOf(value) }))];
const MORE_TITLES = ['innovativeSme', 'innovationPoints', 'specializedNewGiant'].map((value) => ({
  ...{ value, label: wordOf(value) },
}));
const TITLE_CHOICES = [NONE, ...choicesOf(TITLES), ...MORE_TITLES];
const BEARERS = { bank: '合作银行', guarantor: '担保机构', reguarantor: '再担保机构', pool: '资金池' };

/** What shares may depend on. Of a loan of the register the filing says most; `made`: all of it is stated. */
export function FactFields({ made }: { made: boolean }) {
  return (
    <div className="simulator-fields">
      {made && (
        <>
          <Choice name="guaranteeMode" label="担保方式" options={choicesOf(GUARANTEE_MODES)} />
          <Choice name="guaranteed" label="有担保机构担保" options={YES_OR_NO} />
          <Choice name="firstLoan" label="本项目首次贷款" options={YES_OR_NO} />
          <Form.Item name={['facts', 'revenue']} label="上年营业收入" rules={[{ validator: isAmount }]}>
            <AmountField />
          </Form.Item>
          <Choice name="titles" label="企业资质" options={TITLE_CHOICES} mode="multiple" />
          <Form.Item name={['facts', 'termMonths']} label="贷款期限（月）">
            <InputNumber min={0} max={600} precision={0} className="wide" />
          </Form.Item>
        </>
      )}
      <Choice name="firstTimeBorrower" label="首贷户（此前没有任何银行贷款）" options={YES_OR_NO} />
      <Percent name={['facts', 'creditShare']} label="信用部分占比" />
      <Percent name={['facts', 'ipShare']} label="知识产权质押占比" />
      <Choice name="size" label="企业规模" options={choicesOf(SIZES)} />
      <Choice name="projectKinds" label="项目类别" options={KINDS} mode="multiple" />
      {Object.entries(BEARERS).map(([bearer, label]) => (
        <Percent key={bearer} name={['facts', 'agreed', bearer]} label={`合同约定的${label}分担比例`} />
      ))}
    </div>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  options: { value: string | boolean; label: string }[];
  mode?: 'multiple';
}

function Choice({ name, label, options, mode }: ChoiceProps) {
  return (
    <Form.Item name={['facts', name]} label={label}>
      <Select allowClear mode={mode} options={options} placeholder="未填写" />
    </Form.Item>
  );
}

function Percent({ name, label }: { name: string[]; label: string }) {
  return (
    <Form.Item name={name} label={label} rules={[{ validator: isRate }]}>
      <Input suffix="%" inputMode="decimal" autoComplete="off" />
    </Form.Item>
  );
}

/** What was paid before and what ceilings in percent are percentages of; of a loan of the register most is known. */
export function CapFields() {
  const used = Object.entries(CAP_SCOPES).map(([scope, label]) => [['used', scope], `${label}已补偿`] as const);
  const bases = Object.entries(CAP_BASES)
    // The loss itself is known.
    .filter(([base]) => base !== 'loss')
    .map(([base, label]) => [['bases', base], label] as const);
  return (
    <>
      <p className="hint-line">已入池的贷款，本系统已有的数自动采用；填写的以填写为准。</p>
      <div className="simulator-fields">
        {[...used, ...bases].map(([path, label]) => (
          <Form.Item
            key={path.join('.')}
            name={['caps', ...path]}
            label={label}
            rules={[{ validator: isAmountOrZero }]}
          >
            <AmountField />
          </Form.Item>
        ))}
      </div>
    </>
  );
}

/** Nothing may have been paid before. */
const isAmountOrZero = (rule: unknown, value?: string): Promise<void> =>
  /^0+(\.0*)?$/.test(value ?? '') ? Promise.resolve() : isAmount(rule, value);
