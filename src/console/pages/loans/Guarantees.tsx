import { Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import { RecordForm } from '../guarantees/RecordForm.tsx';
import { type Guarantee, ROLES, stateOf } from '../guarantees/types.ts';

/** 担保 of a filing or its loan: who answers for which part of it; the bank records more while it is `open`. */
export function Guarantees({ filingId: id, open: standing }: { filingId: string; open: boolean }) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useAsk(['guarantees', 'of', id], () =>
    ask(api.guarantees.$get({ query: { loanId: id, limit: '100' } })),
  );
  const records = may(me, 'guarantee.record') && standing;
  if (data?.items.length === 0 && !records) return null;
  return (
    <section aria-label="担保">
      <h2>担保</h2>
      <ProblemAlert error={error} retry={refetch} />
      {records && (
        <p className="no-print">
          <Button onClick={() => setOpen(true)}>登记担保</Button>{' '}
          {data?.items.length === 0 && <span className="hint">没有登记担保、再担保或保险</span>}
        </p>
      )}
      {open && <RecordForm loanId={id} onClose={() => setOpen(false)} />}
      {data && data.items.length > 0 && <Held items={data.items} />}
    </section>
  );
}

function Held({ items }: { items: Guarantee[] }) {
  return (
    <Table<Guarantee>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={items}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: '担保方',
          render: (_, { id, partyName, role }) => (
            <>
              <Link to={`/guarantees/${id}`}>{partyName}</Link>
              <span className="hint">（{ROLES[role]}）</span>
            </>
          ),
        },
        { title: '担保合同号', dataIndex: 'contractNo' },
        { title: '担保比例', align: 'right', render: (_, { percent }) => `${percent}%` },
        { title: '年费率', align: 'right', render: (_, row) => (row.annualRate ? `${row.annualRate}%` : '—') },
        { title: '责任余额', align: 'right', render: (_, { liability }) => <Money value={liability} /> },
        { title: '累计代偿', align: 'right', render: (_, { paid }) => <Money value={paid} /> },
        {
          title: '状态',
          render: (_, row) => {
            const [label, tone] = stateOf(row);
            return <Toned tone={tone}>{label}</Toned>;
          },
        },
      ]}
    />
  );
}
