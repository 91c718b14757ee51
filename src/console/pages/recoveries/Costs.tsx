import { Table } from 'antd';
import { Money } from '../../parts/Money.tsx';
import { useNames } from '../../parts/useNames.ts';
import { ReverseEvent } from './ReverseEvent.tsx';
import type { Claim, ClaimEvent } from './types.ts';

/** 追偿费用 paid beforehand and interest the bank has proven; nothing where there is neither. */
export function Costs({ claim, onChanged }: { claim: Claim; onChanged(): void }) {
  const nameOf = useNames();
  const rows = claim.events.filter(({ kind }) => kind === 'cost' || kind === 'interestProven');
  if (rows.length === 0) return null;
  const paidBy = (code: string | null) => (code === 'pool' ? '资金池垫付' : code ? nameOf(code) : '');
  return (
    <>
      <h3>费用与利息</h3>
      <Table<ClaimEvent>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        scroll={{ x: 'max-content' }}
        rowClassName={({ reversed }) => (reversed ? 'reversed' : '')}
        columns={[
          { title: '日期', dataIndex: 'occurredOn' },
          { title: '事项', render: (_, { kind }) => (kind === 'cost' ? '追偿费用' : '银行利息（累计）') },
          { title: '金额', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
          {
            title: '说明',
            render: (_, { kind, paidBy: by, details }) => (kind === 'cost' ? paidBy(by) : details?.note),
          },
          { title: '凭证号', render: (_, { receiptNo }) => receiptNo ?? '—' },
          { title: '登记人', render: (_, { recordedBy }) => recordedBy ?? '—' },
          {
            ...{ title: '', key: 'act', className: 'no-print' },
            render: (_, event) => <ReverseEvent claimId={claim.id} of={event} onChanged={onChanged} />,
          },
        ]}
      />
    </>
  );
}
