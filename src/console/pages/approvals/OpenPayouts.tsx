import { Table } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { usePoolName } from '../../parts/useChoices.ts';
import { PayoutDecision } from '../payouts/PayoutDecision.tsx';
import type { Payout } from '../payouts/types.ts';

/** Payments of what pools owe that wait for a second person. */
export function OpenPayouts({ items }: { items: Payout[] }) {
  const poolName = usePoolName();
  return (
    <Table<Payout>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={items}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '收款方', render: (_, { party, partyName }) => <span title={party}>{partyName}</span> },
        { title: '金额', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
        { title: '拨付日期', dataIndex: 'paidOn' },
        { title: '凭证号', dataIndex: 'voucherNo' },
        { title: '资金池', render: (_, { poolCode }) => <Link to={`/pools/${poolCode}`}>{poolName(poolCode)}</Link> },
        {
          title: '提出',
          render: (_, { proposedOn, proposedBy, mine }) => `${proposedOn} ${proposedBy ?? ''}${mine ? '（本人）' : ''}`,
        },
        { title: '', key: 'act', render: (_, payout) => <PayoutDecision of={payout} /> },
      ]}
    />
  );
}
