import { Button, Table } from 'antd';
import { StateTag, Toned } from '../../parts/StateTag.tsx';
import type { Choice } from '../../parts/useChoices.ts';
import type { Board } from '../pools/board.ts';
import type { Settlement } from './settlement.ts';

interface Cell {
  pool: string;
  period: string;
}

interface Props {
  pools: Choice[];
  /** newest first */
  months: string[];
  settled: Settlement[];
  boards: Map<string, Board>;
  chosen: Cell | undefined;
  onChoose(chosen: { pool: string; period: string }): void;
}

/** Months × pools: how each stands. */
export function Matrix({ pools, months, settled, boards, chosen, onChoose }: Props) {
  return (
    <Table
      size="small"
      className="matrix"
      rowKey="value"
      pagination={false}
      dataSource={pools}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: '没有您可以查看的资金池' }}
      columns={[
        { title: '资金池', dataIndex: 'label', fixed: 'left' },
        ...months.map((period) => ({
          title: <abbr title={period}>{Number(period.slice(5))} 月</abbr>,
          key: period,
          align: 'center' as const,
          render: (_: unknown, { value: pool }: Choice) => (
            <Button
              type="text"
              size="small"
              className={chosen?.pool === pool && chosen.period === period ? 'cell chosen' : 'cell'}
              onClick={() => onChoose({ pool, period })}
            >
              <State
                settlement={settled.find((s) => s.poolCode === pool && s.period === period)}
                next={boards.get(pool)?.next}
                period={period}
              />
            </Button>
          ),
        })),
      ]}
    />
  );
}

function State({
  settlement,
  next,
  period,
}: {
  settlement: Settlement | undefined;
  next: Board['next'] | undefined;
  period: string;
}) {
  if (settlement) return <StateTag state={settlement.status} />;
  if (!next || period < next.period) return <span className="hint">—</span>;
  if (period > next.period) return <span className="hint">未到</span>;
  if (!next.over) return <span className="hint">未结束</span>;
  const missing = next.missing.reduce((total, { loans }) => total + loans, 0);
  return <Toned tone="near">{missing > 0 ? `缺 ${missing} 笔` : '待结算'}</Toned>;
}
