import { Form, Input, Radio, Select } from 'antd';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { isAmountOrZero, isRate } from '../filings/amount.ts';
import { asksAnything, type Needs } from './needs.ts';

/** What only the bank can say and this pool's document asks for: facts that decide the shares, amounts of its ceilings, who bears as what. */
export function StatedFacts({ needs, guaranteeMode }: { needs: Needs; guaranteeMode: string | undefined }) {
  if (!asksAnything(needs)) return null;
  const { facts, amounts, parties } = needs;
  const pure = guaranteeMode === 'credit' || guaranteeMode === 'ipPledge' ? '，不填按担保方式视为 100%' : '';
  return (
    <section aria-labelledby="stated">
      <h2 id="stated">分担比例和上限需要的情况</h2>
      {facts.firstTimeBorrower && (
        <Form.Item name={['facts', 'firstTimeBorrower']} label="是否首贷户（此前从未有过银行贷款）">
          <Radio.Group options={YES_NO} />
        </Form.Item>
      )}
      {facts.creditShare && (
        <Percent name={['facts', 'creditShare']} label="信用贷款占比" extra={`贷款中无抵质押、保证的部分${pure}`} />
      )}
      {facts.ipShare && (
        <Percent name={['facts', 'ipShare']} label="知识产权质押占比" extra={`由银行或担保机构认定${pure}`} />
      )}
      {facts.size && (
        <Form.Item name={['facts', 'size']} label="企业规模（划型标准）">
          <Select allowClear options={SIZES} />
        </Form.Item>
      )}
      {needs.projectKinds.length > 0 && (
        <Form.Item name={['facts', 'projectKinds']} label="属于下列哪些情形（都不属于的不选）">
          <Select mode="multiple" options={needs.projectKinds} />
        </Form.Item>
      )}
      {needs.agreed.map(({ bearer, label }) => (
        <Percent key={bearer} name={['facts', 'agreed', bearer]} label={`合同约定${label}的分担比例`} />
      ))}
      {amounts.publicMoney && <Amount name="publicMoney" label="同一损失已获得的其他政策资金（没有的填 0）" />}
      {amounts.lastYearBalance && <Amount name="lastYearBalance" label="上年末贷款余额（系统已有的以系统为准）" />}
      {amounts.guaranteedInYear && <Amount name="guaranteedInYear" label="当年解除担保责任金额" />}
      {PARTIES.filter(({ code }) => parties[code]).map(({ code, kind, label }) => (
        <Party key={code} name={code} kind={kind} label={label} />
      ))}
    </section>
  );
}

const YES_NO = [
  { value: true, label: '是' },
  { value: false, label: '否' },
];
const SIZES = [
  { value: 'micro', label: '微型' },
  { value: 'small', label: '小型' },
  { value: 'medium', label: '中型' },
  { value: 'large', label: '大型' },
];
const PARTIES = [
  { code: 'guarantor', kind: 'guarantor', label: '担保机构' },
  { code: 'reguarantor', kind: 'reguarantor', label: '再担保机构' },
  { code: 'insurer', kind: 'insurer', label: '保险公司' },
  { code: 'nationalFund', kind: 'reguarantor', label: '国家融资担保基金' },
] as const;

function Percent({ name, label, extra }: { name: string[]; label: string; extra?: string }) {
  return (
    <Form.Item name={name} label={label} extra={extra} rules={[{ validator: isRate }]}>
      <Input suffix="%" inputMode="decimal" autoComplete="off" />
    </Form.Item>
  );
}

function Amount({ name, label }: { name: string; label: string }) {
  return (
    <Form.Item name={['capFacts', name]} label={label} rules={[{ validator: isAmountOrZero }]}>
      <AmountField />
    </Form.Item>
  );
}

function Party({ name, kind, label }: { name: string; kind: 'guarantor' | 'reguarantor' | 'insurer'; label: string }) {
  const { data } = useAsk(['institutions', kind], () => ask(api.institutions.$get({ query: { kind, limit: '500' } })));
  return (
    <Form.Item name={['parties', name]} label={label} extra="已登记担保的不必填，以登记的为准">
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        options={data?.items.map(({ code, name: words }) => ({ value: code, label: words })) ?? []}
      />
    </Form.Item>
  );
}
