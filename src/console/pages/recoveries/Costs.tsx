import { Table } from 'antd';
import { Money } from '../../parts/Money.tsx';
import { useNames } from '../../parts/useNames.ts';
import { ProposalDecision } from './ProposalDecision.tsx';
import { ProposalFacts } from './ProposalFacts.tsx';
import { ReverseEvent } from './ReverseEvent.tsx';
import type { Claim, ClaimEvent } from './types.ts';
import { Ended } from './WriteOff.tsx';

/** 追偿费用 paid beforehand and interest the bank has proven; nothing where there is neither. */
export function Costs({ claim, onChanged }: { claim: Claim; onChanged(): void }) {
  const nameOf = useNames();
  const rows = claim.events.filter(({ kind }) => kind === 'cost' || kind === 'interestProven');
  const proposals = claim.proposals.filter(({ kind }) => kind === 'cost');
  const waiting = proposals.find(({ status }) => status === 'proposed');
  if (rows.length === 0 && proposals.length === 0) return null;
  const paidBy = (code: string | null) => (code === 'pool' ? '资金池垫付' : code ? nameOf(code) : '');
  return (
    <>
      <h3>费用与利息</h3>
      {waiting && (
        <>
          <p>资金池垫付的追偿费用，待另一人复核：</p>
          <ProposalFacts of={waiting} />
          <ProposalDecision claimId={claim.id} of={waiting} onChanged={onChanged} />
        </>
      )}
      <Ended of={proposals} />
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
