import { Table } from 'antd';
import { useMemo } from 'react';
import { formatYuan, money } from '../../../money/money.ts';
import { toWan } from '../../../money/wan.ts';
import { Chart } from '../../parts/Chart.tsx';
import { Money } from '../../parts/Money.tsx';
import type { GuaranteeLife } from './types.ts';

type Move = GuaranteeLife['movements'][number];

/** 责任余额 over the life of the loan: as a staircase and move by move. */
export function Liability({ of: { movements, liability } }: { of: GuaranteeLife }) {
  const option = useMemo(() => optionOf(movements), [movements]);
  return (
    <section aria-label="担保责任余额变动">
      <h2>担保责任余额变动</h2>
      {movements.length > 1 && <Chart option={option} height={200} summary={summaryOf(movements, liability)} />}
      <Table<Move>
        size="small"
        rowKey={(move) => movements.indexOf(move)}
        pagination={movements.length > 24 && { pageSize: 24, showSizeChanger: false }}
        dataSource={[...movements].reverse()}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '贷款入池后开始承担责任，目前没有变动' }}
        columns={[
          { title: '日期', dataIndex: 'occurredOn' },
          { title: '事项', dataIndex: 'memo' },
          { title: '增减', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
          { title: '责任余额', align: 'right', render: (_, { balance }) => <Money value={balance} /> },
          { title: '所属月份', render: (_, { belongsTo }) => belongsTo ?? '—' },
        ]}
      />
    </section>
  );
}

function optionOf(movements: Move[]) {
  return {
    tooltip: { trigger: 'axis' },
    grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: movements.map(({ occurredOn }) => occurredOn) },
    yAxis: { type: 'value', name: '万元', splitLine: { lineStyle: { color: '#eef0f3' } } },
    series: [
      {
        ...{ name: '责任余额（万元）', type: 'line', step: 'end', color: '#1d4e6f', areaStyle: { opacity: 0.12 } },
        data: movements.map(({ balance }) => Number(toWan(money(balance)))),
      },
    ],
  };
}

function summaryOf(movements: Move[], now: string): string {
  const yuan = (wire: string) => `${formatYuan(money(wire))} 元`;
  const [first] = movements;
  return `${first!.occurredOn} 起承担 ${yuan(first!.balance)}，变动 ${movements.length - 1} 次，现为 ${yuan(now)}。`;
}
