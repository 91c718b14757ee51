import { Table } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { entriesOf } from '../ledger/links.ts';
import { Checklist } from './Checklist.tsx';
import { CloseMonth } from './CloseMonth.tsx';
import type { Closing } from './types.ts';
import './closing.css';

/** All that a month's closing rests on, the closing itself, and what came later for the month. */
export function ClosingBody({ of: closing }: { of: Closing }) {
  return (
    <>
      <Checklist items={closing.checklist} closed={closing.status === 'closed'} />
      <CloseMonth of={closing} />
      <Anchor of={closing} />
      <Adjustments of={closing} />
    </>
  );
}

/** The book as it stood when the month was closed. */
function Anchor({ of: { ledger, poolCode } }: { of: Closing }) {
  if (!ledger) return null;
  return (
    <p className="hint-line">
      结账时的账簿：{ledger.entries} 张凭证，末笔散列值 <code className="hash">{ledger.head}</code>，
      <Link to={`/ledger/verify?poolCode=${poolCode}&entries=${ledger.entries}&head=${ledger.head}`}>与账簿核对</Link>
    </p>
  );
}

function Adjustments({ of: { adjustments, poolCode, period } }: { of: Closing }) {
  if (adjustments.length === 0) return null;
  return (
    <>
      <h2>以后补记本月的事项</h2>
      <Table<Closing['adjustments'][number]>
        size="small"
        rowKey={({ seq, occurredOn, text, amount }) => `${seq}${occurredOn}${text}${amount}`}
        pagination={adjustments.length > 20 && { pageSize: 20 }}
        dataSource={adjustments}
        columns={[
          { title: '记账日期', dataIndex: 'occurredOn' },
          { title: '事项', dataIndex: 'text' },
          { title: '金额', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
          {
            title: '凭证',
            render: (_, { seq }) =>
              seq === null ? '—' : <Link to={entriesOf({ poolCode, belongsTo: period })}>第 {seq} 号</Link>,
          },
        ]}
      />
    </>
  );
}
