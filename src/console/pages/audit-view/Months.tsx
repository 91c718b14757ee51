import { Table } from 'antd';
import { Link } from 'react-router';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { StateTag, Toned } from '../../parts/StateTag.tsx';
import { type ClosingItem, STATES } from '../closing/types.ts';
import type { useMonths } from './useMonths.ts';

/** The months of the year with how each was settled, reconciled and closed, and the head of the book as it was then. */
export function Months({ of: { items, error, refetch } }: { of: ReturnType<typeof useMonths> }) {
  return (
    <section>
      <h2>各月</h2>
      <ProblemAlert error={error} retry={() => void refetch()} />
      <Table<ClosingItem>
        size="small"
        rowKey="id"
        loading={!items && !error}
        pagination={(items?.length ?? 0) > 24 && { pageSize: 24 }}
        dataSource={items}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '这一年还没有结束的月份' }}
        columns={[
          { title: '月份', render: (_, { id, period }) => <Link to={`/closings/${id}`}>{period}</Link> },
          { title: '资金池', dataIndex: 'poolName' },
          {
            title: '结算',
            render: (_, { settlementId, settlementStatus: state }) =>
              settlementId && state ? (
                <Link to={`/settlements/${settlementId}`}>
                  <StateTag state={state} />
                </Link>
              ) : (
                '未结算'
              ),
          },
          {
            title: '对账',
            render: (_, { poolCode, period, reconciled, accounts }) => (
              <Link to={`/reconciliations?poolCode=${poolCode}&period=${period}`}>
                {reconciled === accounts ? '已确认' : `${reconciled} / ${accounts} 个专户`}
              </Link>
            ),
          },
          {
            title: '结账',
            render: (_, { status, exception }) => {
              const [label, tone] = STATES[status] ?? [status, 'plain'];
              return <Toned tone={exception === null ? tone : 'near'}>{exception === null ? label : '例外结账'}</Toned>;
            },
          },
          {
            title: '提出／复核',
            render: (_, { proposedBy, closedBy }) => [proposedBy, closedBy].filter(Boolean).join('／') || '—',
          },
          {
            title: '结账时的账簿',
            render: (_, { ledger, poolCode }) =>
              ledger && (
                <Link to={`/ledger/verify?poolCode=${poolCode}&entries=${ledger.entries}&head=${ledger.head}`}>
                  {ledger.entries} 张 <code className="hash">{ledger.head.slice(0, 12)}…</code>
                </Link>
              ),
          },
        ]}
      />
    </section>
  );
}
