import { useQueries } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { clock } from '../../parts/times.ts';
import { ACTIONS } from '../audit/actions.ts';

/** What is done only by the word of a second person, as the audit log calls that word. */
const SECOND = [
  ...['claim.confirm', 'writeOff.confirm', 'refund.confirm', 'cost.confirm', 'payout.confirm', 'recovery.reverse'],
  ...['contribution.reverse', 'capital.return', 'capital.windUp', 'suspension.lift', 'loan.revoke', 'policy.approve'],
  ...[
    'difference.confirm',
    'difference.identified',
    'reconciliation.confirm',
    'closing.confirm',
    'yearClosing.confirm',
  ],
];

/** 两人办理的事项: how often each was decided in a year, by whom last, and the log of it. */
export function TwoPersons({ year }: { year: string }) {
  const span = { from: `${year}-01-01`, to: `${year}-12-31` };
  const answers = useQueries({
    queries: SECOND.map((action) => ({
      queryKey: ['audit', 'second', action, year],
      queryFn: () => ask(api.audit.$get({ query: { action, limit: '1', ...span } })),
    })),
  });
  const rows = SECOND.map((action, i) => ({
    action,
    total: answers[i]?.data?.total,
    last: answers[i]?.data?.items[0],
  })).filter(({ total }) => total !== 0);
  return (
    <section>
      <h2>两人办理的事项</h2>
      <p className="hint-line">一人提出、另一人复核，两人不得相同；下面是各项复核的次数。</p>
      <Table
        size="small"
        rowKey="action"
        pagination={false}
        dataSource={rows}
        locale={{ emptyText: '这一年没有需要两人办理的事项' }}
        columns={[
          {
            title: '事项',
            render: (_, { action }) => (
              <Link to={`/audit?${new URLSearchParams({ action, ...span })}`}>{ACTIONS[action] ?? action}</Link>
            ),
          },
          { title: '次数', align: 'right', render: (_, { total }) => <span className="figure">{total ?? '……'}</span> },
          { title: '最近一次', render: (_, { last }) => (last ? clock(last.at) : '……') },
          { title: '复核人', render: (_, { last }) => last?.actorName ?? '—' },
        ]}
      />
    </section>
  );
}
