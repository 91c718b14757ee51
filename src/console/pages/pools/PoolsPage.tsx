import { Button, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { FilterBar } from '../../parts/FilterBar.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { Why } from '../../parts/Why.tsx';
import { useMe } from '../../session.ts';

type Pool = InferResponseType<typeof api.pools.$get, 200>['items'][number];

/** 资金池: all the person may see, with their key figures at the end of a day. */
export default function PoolsPage() {
  const me = useMe();
  const [{ asOf = me.today }, change] = useFilters('asOf');
  const { data, error, refetch, isFetching } = useAsk(['pools', asOf], () => ask(api.pools.$get({ query: { asOf } })));
  const money = (title: string, field: 'deposits' | 'capital' | 'reserved' | 'outstandingPrincipal') => ({
    title,
    align: 'right' as const,
    render: (_: unknown, pool: Pool) => <Money value={pool[field]} />,
  });
  return (
    <Page title="资金池" actions={<Button onClick={() => window.print()}>打印</Button>}>
      <div className="table-bar no-print">
        <FilterBar filters={[{ name: 'asOf', label: '截至日期', kind: 'date' }]} values={{ asOf }} onChange={change} />
      </div>
      <ProblemAlert error={error} retry={refetch} />
      <Table<Pool>
        size="small"
        rowKey="code"
        pagination={false}
        loading={isFetching && { delay: 300 }}
        dataSource={data?.items ?? []}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '没有您可以查看的资金池' }}
        columns={[
          {
            title: '资金池',
            render: (_, { code, name }) => (
              <Link to={`/pools/${code}${asOf === me.today ? '' : `?asOf=${asOf}`}`}>{name}</Link>
            ),
          },
          money('专户存款', 'deposits'),
          money('资金池净额', 'capital'),
          money('准备金占用额', 'reserved'),
          {
            title: '可用额度',
            align: 'right',
            render: (_, { headroom, explanation, name }) => (
              <>
                <Money value={headroom} />
                <Why of={explanation} title={`${name}可用额度`} />
              </>
            ),
          },
          { title: '放大倍数', align: 'right', render: (_, { leverage }) => `${leverage} 倍` },
          { title: '累计入池笔数', align: 'right', dataIndex: 'loanCount' },
          money('贷款余额', 'outstandingPrincipal'),
        ]}
      />
    </Page>
  );
}
