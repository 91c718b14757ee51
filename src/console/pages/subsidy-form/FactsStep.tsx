import { Form, InputNumber, Select } from 'antd';
import type { InferResponseType } from 'hono/client';
import { type api as Api, api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { LineCheck } from '../../parts/subsidy/SubsidyLine.tsx';
import type { Check } from '../../parts/subsidy/types.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { TitleState } from '../enterprises/TitleTags.tsx';
import { AmountField } from '../filings/AmountField.tsx';
import { isAmountOrZero } from '../filings/amount.ts';
import { PayeeFields } from './PayeeFields.tsx';
import type { Offer } from './types.ts';

type Enterprise = InferResponseType<(typeof Api.enterprises)[':uscc']['$get'], 200>;

/** 企业情况: what the system knows, and from where; what only the enterprise can tell; and the account that is paid. */
export function FactsStep({ offer, checks }: { offer: Offer; checks: Check[] }) {
  const { enterprise, today } = useMe();
  const uscc = enterprise!.uscc;
  const { data, error } = useAsk(['enterprises', uscc, today], () =>
    ask(api.enterprises[':uscc'].$get({ param: { uscc }, query: {} })),
  );
  return (
    <>
      <section aria-labelledby="known">
        <h2 id="known">企业情况</h2>
        <ProblemAlert error={error} />
        {data && <Known enterprise={data} today={today} />}
        {checks.map((check) => (
          <LineCheck key={`${check.code}${check.clause}`} check={check} />
        ))}
      </section>
      <More offer={offer} checks={checks} />
      <section aria-labelledby="payee">
        <h2 id="payee">收款账户</h2>
        <PayeeFields name={enterprise!.name} within={['payee']} />
      </section>
    </>
  );
}

function Known({ enterprise, today }: { enterprise: Enterprise; today: string }) {
  const { name, uscc, registeredIn, titles, revenue, previousRevenue, rndExpense } = enterprise;
  const shown: [label: string, value: React.ReactNode][] = [
    ['企业名称', name],
    ['统一社会信用代码', uscc],
    ['登记所在地', registeredIn],
    ['资质', <Titles key="titles" titles={titles} today={today} />],
    ['上年营业收入', <Money key="revenue" value={revenue} withUnit />],
    ['前年营业收入', <Money key="previous" value={previousRevenue} withUnit />],
    ['上年研发费用', <Money key="rnd" value={rndExpense} withUnit />],
  ];
  return (
    <>
      <dl className="known-facts">
        {shown.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="hint-line">
        以上来自企业库，由科技部门维护，不必填写；有误的，请联系所在县（市、区）科技部门更正。
      </p>
    </>
  );
}

function Titles({ titles, today }: { titles: Enterprise['titles']; today: string }) {
  if (titles.length === 0) return '没有登记资质';
  return (
    <ul className="plain">
      {titles.map((title) => (
        <li key={`${title.kind}${title.certificateNo}`}>
          {title.label}，至 {title.validTo} <TitleState title={title} on={today} />
        </li>
      ))}
    </ul>
  );
}

const SIZES = [
  { value: 'micro', label: '微型' },
  { value: 'small', label: '小型' },
  { value: 'medium', label: '中型' },
  { value: 'large', label: '大型' },
];

/** Asked only where a rule looks at it, or where it could still help. */
function More({ offer, checks }: { offer: Offer; checks: Check[] }) {
  const failing = (...codes: string[]) =>
    checks.some(({ code, verdict }) => verdict === 'fail' && codes.includes(code));
  const profits = failing('GATE_NOT_MET', 'GATE_NOT_STATED');
  const contest = failing('TITLE_NOT_VALID');
  const asked = { size: offer.asks.includes('size'), netAssets: offer.asks.includes('netAssets') };
  if (!profits && !contest && !asked.size && !asked.netAssets) return null;
  const amount = (name: string, label: string) => (
    <Form.Item name={name} label={label} rules={[{ validator: isAmountOrZero }]}>
      <AmountField />
    </Form.Item>
  );
  return (
    <section aria-labelledby="more">
      <h2 id="more">需要补充的情况</h2>
      <div className="pair">
        {contest && (
          <Form.Item name="contestYear" label="最近一次创新创业大赛获奖年度" extra="获奖的可以代替资质，须附获奖证书">
            <InputNumber min={2000} max={2999} precision={0} className="wide" />
          </Form.Item>
        )}
        {profits && amount('profit', '上年利润')}
        {profits && amount('previousProfit', '前年利润')}
        {asked.netAssets && amount('netAssets', '上年净资产')}
        {asked.size && (
          <Form.Item name="size" label="企业规模" extra="按《中小企业划型标准规定》">
            <Select allowClear options={SIZES} />
          </Form.Item>
        )}
      </div>
    </section>
  );
}
