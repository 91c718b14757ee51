import { Table } from 'antd';
import { Money } from '../../parts/Money.tsx';
import { EVENT_KINDS, type LoanEvent } from './types.ts';

/** 变动记录: what happened to a loan, newest first; a figure that belongs to an earlier month says which. */
export function Events({ events }: { events: LoanEvent[] }) {
  const money = (field: 'principalDelta' | 'countedDelta' | 'reserveDelta' | 'interest') => ({
    dataIndex: field,
    align: 'right' as const,
    render: (value: string | null) => <Money value={value} />,
  });
  return (
    <section aria-label="变动记录">
      <h2>变动记录</h2>
      <Table<LoanEvent>
        size="small"
        pagination={events.length > 24 && { pageSize: 24, showSizeChanger: false }}
        rowKey={({ recordedAt, kind, occurredOn }) => `${recordedAt}${kind}${occurredOn}`}
        dataSource={[...events].reverse()}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '发生日期', dataIndex: 'occurredOn' },
          { title: '事项', render: (_, { kind, details }) => <What kind={kind} details={details} /> },
          { title: '贷款余额增减', ...money('principalDelta') },
          { title: '备案余额增减', ...money('countedDelta') },
          { title: '准备金增减', ...money('reserveDelta') },
          { title: '利息', ...money('interest') },
          { title: '所属月份', dataIndex: 'belongsTo', render: (month: string | null) => month ?? '—' },
        ]}
      />
    </section>
  );
}

function What({ kind, details }: { kind: string; details: Record<string, string> | null }) {
  const word = EVENT_KINDS[kind] ?? kind;
  if (kind === 'extension') return `${word}：${details?.from} → ${details?.to}`;
  if (kind === 'report') return `${details?.period} ${word}`;
  return word;
}
