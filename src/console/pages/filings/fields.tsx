import { AutoComplete, Form, Input, Radio, Select } from 'antd';
import { DAY_COUNT_BASES, GUARANTEE_MODES, PURPOSES, REPAYMENT_METHODS } from '../../../loans/terms.ts';
import { checkUscc } from '../../../parties/uscc.ts';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import type { Choice } from '../../parts/useChoices.ts';
import { AmountField } from './AmountField.tsx';
import { amountOf, isAmount, isRate } from './amount.ts';
import { DateField } from './DateField.tsx';
import { EnterpriseFacts } from './EnterpriseFacts.tsx';
import { EnterpriseField } from './EnterpriseField.tsx';
import { TermLine } from './TermLine.tsx';
import { choicesOf } from './terms.ts';
import type { FilingRequest } from './types.ts';

const needed = (what: string) => ({ required: true, message: `请填写${what}` });
const REASONS = { length: '应为 18 位', character: '含有不允许的字符', checkDigit: '校验码不符，请核对' };

async function isUscc(_: unknown, value: string | undefined): Promise<void> {
  if (!value) return;
  const { valid, reason } = checkUscc(value);
  if (!valid) throw new Error(`统一社会信用代码${REASONS[reason ?? 'checkDigit']}`);
}

/** Who borrows, from which pool, under which numbers. */
export function WhoFields({ pools, values }: { pools: Choice[]; values: Partial<FilingRequest> }) {
  return (
    <section aria-labelledby="who">
      <h2 id="who">借款企业与合同</h2>
      <Form.Item name="poolCode" label="资金池" rules={[{ required: true, message: '请选择资金池' }]}>
        <Select options={pools} />
      </Form.Item>
      <Form.Item
        name="enterpriseUscc"
        label="企业统一社会信用代码"
        validateTrigger="onBlur"
        rules={[needed('统一社会信用代码'), { validator: isUscc }]}
      >
        <EnterpriseField />
      </Form.Item>
      <EnterpriseFacts uscc={values.enterpriseUscc} poolCode={values.poolCode} />
      <Form.Item name="contractNo" label="借款合同号" rules={[needed('借款合同号')]}>
        <Input autoComplete="off" maxLength={64} />
      </Form.Item>
      <Form.Item name="dueBillNo" label="借据号" rules={[needed('借据号')]}>
        <Input autoComplete="off" maxLength={64} />
      </Form.Item>
      <Form.Item name="firstLoan" label="是否本项目首次贷款" rules={[{ required: true, message: '请选择' }]}>
        <Radio.Group options={YES_NO} />
      </Form.Item>
      <Form.Item name="renewsContractNo" label="原合同号（续贷时填写）">
        <Renewed uscc={values.enterpriseUscc} />
      </Form.Item>
      <Form.Item name="accountNo" label="放款账号（可不填）">
        <Input autoComplete="off" maxLength={40} inputMode="numeric" />
      </Form.Item>
    </section>
  );
}

const YES_NO = [
  { value: true, label: '是' },
  { value: false, label: '否' },
];

/** The contract a renewal follows: one of the enterprise's own loans, or typed. */
function Renewed({ uscc, ...field }: { uscc: string | undefined; id?: string; value?: string }) {
  const { data } = useAsk(
    ['loans', 'of', uscc],
    () => ask(api.loans.$get({ query: { enterpriseUscc: uscc!, limit: '20' } })),
    { enabled: uscc?.length === 18 },
  );
  const options = (data?.items ?? []).map(({ contractNo, maturesOn }) => ({
    value: contractNo,
    label: `${contractNo}　到期 ${maturesOn}`,
  }));
  return <AutoComplete {...field} options={options} allowClear />;
}

/** How much, at what rate, from when to when. */
export function MoneyFields({ values }: { values: Partial<FilingRequest> }) {
  return (
    <section aria-labelledby="how-much">
      <h2 id="how-much">金额、期限与条件</h2>
      <Form.Item
        name="principal"
        label="贷款金额"
        validateTrigger="onBlur"
        rules={[needed('贷款金额'), { validator: isAmount }]}
      >
        <AmountField placeholder="如 3000000 或 300万" />
      </Form.Item>
      <Form.Item
        name="countedPrincipal"
        label="备案金额"
        dependencies={['principal']}
        validateTrigger="onBlur"
        rules={[
          needed('备案金额'),
          { validator: isAmount },
          ({ getFieldValue }) => ({ validator: notAbove(getFieldValue) }),
        ]}
      >
        <AmountField placeholder="不超过贷款金额" />
      </Form.Item>
      <Form.Item
        name="annualRate"
        label="年利率"
        validateTrigger="onBlur"
        rules={[needed('年利率'), { validator: isRate }]}
      >
        <Input suffix="%" inputMode="decimal" autoComplete="off" placeholder="如 3.65" />
      </Form.Item>
      <div className="pair">
        <Form.Item name="disbursedOn" label="放款日期" rules={[needed('放款日期')]}>
          <DateField />
        </Form.Item>
        <Form.Item
          name="maturesOn"
          label="到期日期"
          dependencies={['disbursedOn']}
          rules={[needed('到期日期'), ({ getFieldValue }) => ({ validator: isLater(getFieldValue) })]}
        >
          <DateField />
        </Form.Item>
      </div>
      <TermLine values={values} />
      <div className="pair">
        <Choose name="dayCountBasis" label="计息基础" of={DAY_COUNT_BASES} />
        <Choose name="repaymentMethod" label="还款方式" of={REPAYMENT_METHODS} />
        <Choose name="guaranteeMode" label="担保方式" of={GUARANTEE_MODES} />
        <Choose name="purpose" label="资金用途" of={PURPOSES} />
      </div>
      {values.purpose === 'other' && (
        <Form.Item name="purposeText" label="用途说明" rules={[needed('用途说明')]}>
          <Input maxLength={200} />
        </Form.Item>
      )}
    </section>
  );
}

function Choose({ name, label, of }: { name: keyof FilingRequest; label: string; of: Record<string, string> }) {
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: `请选择${label}` }]}>
      <Select options={choicesOf(of)} />
    </Form.Item>
  );
}

type Get = (name: keyof FilingRequest) => string | undefined;

const notAbove = (get: Get) => async (_: unknown, value: string | undefined) => {
  const [counted, principal] = [amountOf(value), amountOf(get('principal'))];
  if (counted && principal && counted.greaterThan(principal)) throw new Error('备案金额不能大于贷款金额');
};

const isLater = (get: Get) => async (_: unknown, value: string | undefined) => {
  const from = get('disbursedOn');
  if (value && from && value <= from) throw new Error('到期日期应晚于放款日期');
};
