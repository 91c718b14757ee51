import { Alert, Button, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { FilterBar } from '../../parts/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert, ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { may, useMe } from '../../session.ts';
import { Accounts } from './Accounts.tsx';
import { BadLoans } from './BadLoans.tsx';
import { Capital } from './Capital.tsx';
import { Contributions } from './Contributions.tsx';
import { Contributors } from './Contributors.tsx';
import { Figures } from './Figures.tsx';
import { LeverageGauge } from './LeverageGauge.tsx';
import { Next } from './Next.tsx';
import { Trend } from './Trend.tsx';

/** A pool on one page: what it holds, what is tied up and by whom, how near its limits it is, and what waits. */
export default function PoolPage() {
  const { code = '' } = useParams();
  const me = useMe();
  const [{ asOf = me.today }, change] = useFilters('asOf');
  const books = may(me, 'ledger.read');
  const pool = useAsk(['pools', code, asOf], () =>
    ask(api.pools[':id'].$get({ param: { id: code }, query: { asOf } })),
  );
  const board = useAsk(['pools', code, 'board'], () => ask(api.pools[':id'].board.$get({ param: { id: code } })), {
    enabled: books,
  });
  const capital = useAsk(
    ['pools', code, 'capital'],
    () => ask(api.pools[':id'].capital.$get({ param: { id: code } })),
    { enabled: books },
  );
  if (pool.error && !pool.data) return <ProblemPage error={pool.error} retry={pool.refetch} />;
  if (!pool.data) return <Skeleton className="page" active />;
  const today = asOf === me.today;
  const { name } = pool.data;
  return (
    <Page
      title={name}
      trail={[{ title: '资金池', to: '/pools' }]}
      sentence={board.data && today && <Next board={board.data} />}
      actions={
        <>
          <Button onClick={() => window.print()}>打印</Button>
          {may(me, 'contribution.record') && (
            <Link to={`/pools/${code}/contributions/new`}>
              <Button type="primary">登记出资</Button>
            </Link>
          )}
        </>
      }
    >
      <div className="table-bar no-print">
        <FilterBar filters={[{ name: 'asOf', label: '截至日期', kind: 'date' }]} values={{ asOf }} onChange={change} />
      </div>
      {!today && (
        <Alert
          type="info"
          showIcon
          title={`以下数据截至 ${asOf} 日终；各方份额、出资与配套、不良率、待办是今天的情况，不在此列示。`}
          action={
            <Button size="small" onClick={() => change({ asOf: undefined })}>
              回到今天
            </Button>
          }
        />
      )}
      <ProblemAlert error={board.error} retry={board.refetch} />
      <ProblemAlert error={capital.error} retry={capital.refetch} />
      <Figures pool={pool.data} board={today ? board.data : undefined} />
      {books && (
        <div className="columns">
          {today && board.data && <LeverageGauge of={board.data.leverage} />}
          <Trend code={code} />
        </div>
      )}
      <div className="split">
        <Accounts pool={pool.data} />
        {today && board.data && <BadLoans of={board.data.badLoans} poolCode={code} />}
      </div>
      {today && board.data && <Contributors board={board.data} capital={capital.data} pool={pool.data} />}
      {today && board.data && capital.data && <Capital capital={capital.data} board={board.data} pool={pool.data} />}
      {today && <Contributions code={code} />}
    </Page>
  );
}
