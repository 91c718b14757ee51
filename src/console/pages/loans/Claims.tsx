import { Button, Table } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { ClaimState } from '../claims/ClaimState.tsx';
import type { ClaimItem } from '../claims/types.ts';
import type { Loan } from './types.ts';

const BAD = ['substandard', 'doubtful', 'loss'];
const ENDED = ['refused', 'withdrawn'];

/** 风险补偿 of a loan: what was claimed for it; and for its bank, once it is overdue or bad and nothing is under way, the way to claim. */
export function Claims({ loan }: { loan: Loan }) {
  const me = useMe();
  const enabled = may(me, 'claim.read');
  const { data, error, refetch } = useAsk(
    ['claims', 'of', loan.id],
    () => ask(api.claims.$get({ query: { loanId: loan.id, limit: '50' } })),
    { enabled },
  );
  if (!enabled || (!data && !error)) return null;
  const items = data?.items ?? [];
  const lost = loan.overdueDays > 0 || BAD.includes(loan.classification);
  const under = items.some(({ status }) => !ENDED.includes(status));
  const applies = may(me, 'claim.create') && loan.status === 'active' && lost && !under;
  if (items.length === 0 && !applies && !error) return null;
  return (
    <section aria-label="风险补偿">
      <h2>风险补偿</h2>
      <ProblemAlert error={error} retry={refetch} />
      {applies && (
        <p className="no-print">
          <Link to={`/claims/new?loan=${loan.id}`}>
            <Button type="primary">申请补偿</Button>
          </Link>{' '}
          <span className="hint">风险事件成立、催收或起诉之后，在申请期限内提出；能否补偿在填写时逐项核对。</span>
        </p>
      )}
      {items.length > 0 && (
        <Table<ClaimItem>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={items}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: '申请日期',
              render: (_, { id, claimedOn }) => <Link to={`/claims/${id}`}>{claimedOn ?? '未提交'}</Link>,
            },
            { title: '状态', render: (_, { status }) => <ClaimState status={status} /> },
            { title: '未偿还本金', align: 'right', render: (_, row) => <Money value={row.unpaidPrincipal} /> },
            { title: '资金池补偿金额', align: 'right', render: (_, row) => <Money value={row.compensation} /> },
            { title: '资金池已收回', align: 'right', render: (_, row) => <Money value={row.recovered} /> },
            { title: '拨付日期', render: (_, { paidOn }) => paidOn ?? '—' },
          ]}
        />
      )}
    </section>
  );
}
