import { Table } from 'antd';
import { Money } from '../../parts/Money.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import type { Option } from './words.ts';

/** The entry that a way of settling a difference would post, as it would stand in the books today. */
export function EntryPreview({ of: { label, lines, occurredOn, belongsTo, explanation } }: { of: Option }) {
  if (lines.length === 0) return <p className="hint-line">不入账：只说明这笔款项在途，银行入账后自行核对上。</p>;
  const side = (which: 'debit' | 'credit') => (line: Option['lines'][number]) =>
    line.side === which ? <Money value={line.amount} /> : null;
  return (
    <div className="preview">
      <p className="hint-line">
        将入账的凭证：{label}，记账日期 {occurredOn}
        {belongsTo && `（补记 ${belongsTo}，该月已结账）`}
        <Why of={explanation as Explanation | null} title={`${label}怎样分摊`} />
      </p>
      <Table
        size="small"
        rowKey={({ code, key }) => `${code}${key}`}
        pagination={false}
        dataSource={lines}
        columns={[
          { title: '会计科目', render: (_, { code, account }) => `${code} ${account}` },
          { title: '明细', dataIndex: 'keyName' },
          { title: '借方', align: 'right', render: (_, line) => side('debit')(line) },
          { title: '贷方', align: 'right', render: (_, line) => side('credit')(line) },
        ]}
      />
    </div>
  );
}
