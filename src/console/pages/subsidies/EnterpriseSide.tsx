import { Descriptions, Skeleton } from 'antd';
import { Link } from 'react-router';
import { Exact } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { TitlesTable } from '../enterprises/TitlesTable.tsx';

/** The enterprise as the register has it, with its titles on the day it applied, and what only it could tell. */
export function EnterpriseSide({ of }: { of: Application }) {
  const { enterpriseUscc: uscc, appliedOn } = of;
  const { data, error } = useAsk(['enterprises', uscc, 'now'], () =>
    ask(api.enterprises[':uscc'].$get({ param: { uscc }, query: {} })),
  );
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <Skeleton active />;
  const { revenue, previousRevenue, rndExpense } = data;
  const payee = (of.request as { payee: { accountName: string; bankName: string; accountNo: string } }).payee;
  const rows: [string, React.ReactNode][] = [
    [
      '统一社会信用代码',
      <Link key="u" to={`/enterprises/${uscc}`}>
        {uscc}
      </Link>,
    ],
    ['注册地', data.registeredIn],
    ['所属行业', data.industry ?? '—'],
    [
      '营业收入（上年／前年）',
      <span key="r">
        <Money value={revenue} withUnit /> ／ <Money value={previousRevenue} withUnit />
        {share('增长', new Exact(revenue).minus(previousRevenue), previousRevenue)}
      </span>,
    ],
    [
      '研发费用',
      <span key="d">
        <Money value={rndExpense} withUnit />
        {share('占营业收入', new Exact(rndExpense), revenue)}
      </span>,
    ],
    [
      '收款账户',
      payee.accountNo ? `${payee.accountName}，${payee.bankName}，尾号 ${payee.accountNo.slice(-4)}` : '未填报',
    ],
  ];
  return (
    <>
      <h2>
        企业与资质　<span className="hint">来源：企业库</span>
      </h2>
      <div className="split">
        <Descriptions
          bordered
          size="small"
          column={1}
          items={rows.map(([label, children]) => ({ key: label, label, children }))}
        />
        <TitlesTable titles={data.titles} on={appliedOn ?? ''} />
      </div>
    </>
  );
}

/** Part of a whole in percent, e.g. （增长 8.20%）; nothing where there is no whole. */
function share(label: string, part: InstanceType<typeof Exact>, whole: string): string {
  if (new Exact(whole).isZero()) return '';
  return `（${label} ${part.times(100).div(whole).toFixed(2)}%）`;
}
