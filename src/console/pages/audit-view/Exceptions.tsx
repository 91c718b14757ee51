import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import type { ClosingItem } from '../closing/types.ts';

interface Item {
  title: string;
  count: number | undefined;
  to: string;
  about: string;
}

/** 例外与更正: what went out of the ordinary in a year, each as a count that leads to the things themselves. */
export function Exceptions({ year, months }: { year: string; months: ClosingItem[] }) {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`];
  const entries = (query: Record<string, string>) =>
    ask(api.ledger.entries.$get({ query: { from, to, limit: '1', ...query } as never }));
  const reversals = useAsk(['ledger', 'reversals', year], () => entries({ q: ':reversal' }));
  const live = useAsk(['differences', 'live'], () =>
    ask(api.differences.$get({ query: { live: 'true', limit: '1', sort: 'occurredOn' } })),
  );
  const manual = { action: 'bankMatch.add', from, to };
  const byHand = useAsk(['audit', 'manual', year], () => ask(api.audit.$get({ query: { ...manual, limit: '1' } })));
  const excepted = months.filter(({ exception }) => exception !== null);
  const items: Item[] = [
    {
      ...{
        title: '按暂定数结算的月份',
        to: `/settlements?year=${year}`,
        about: '月报未报齐时结算，迟到的作为以后月份的调整',
      },
      count: months.filter(({ settlementStatus }) => settlementStatus === 'provisional').length,
    },
    {
      ...{ title: '例外结账的月份', to: `/closings?year=${year}`, count: excepted.length },
      about:
        excepted.map(({ poolName, period, exception }) => `${poolName} ${period}：${exception}`).join('；') ||
        '银行对账没有完成而由两人写明理由结账',
    },
    {
      ...{ title: '红字冲销', to: `/ledger?q=${encodeURIComponent(':reversal')}&from=${from}&to=${to}` },
      ...{ count: reversals.data?.total, about: '已入账的更正，各注明所冲销的凭证和理由' },
    },
    {
      ...{ title: '未了结的对账差异', to: '/differences', count: live.data?.total },
      about: live.data?.items[0] ? `最早的一项已 ${live.data.items[0].age} 天` : '银行与账面只有一方有的款项',
    },
    {
      ...{ title: '人工核对', to: `/audit?${new URLSearchParams(manual)}`, count: byHand.data?.total },
      about: '由人写明理由核对的款项，其余由规则核对',
    },
  ];
  return (
    <section>
      <h2>例外与更正</h2>
      <ul className="todos">
        {items.map(({ title, count, to: link, about }) => (
          <li key={title}>
            <span>
              <Link to={link}>{title}</Link> <strong className="figure">{count ?? '……'}</strong> 项
            </span>
            <span className="hint">{about}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
