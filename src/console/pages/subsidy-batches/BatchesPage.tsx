import { Empty, Skeleton, Table } from 'antd';
import { Link } from 'react-router';
import { money, sum, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FilterBar } from '../../parts/FilterBar.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { useMe } from '../../session.ts';
import { countOf, openOf, stateOf } from './progress.ts';
import { type Batch, type Board, batchName, boardKey } from './types.ts';
import { useSchemes } from './useSchemes.ts';

/** 补贴批次: each batch from the last day of application to the payment. */
export default function BatchesPage() {
  const { batches: all, schemes, ready, error, refetch } = useSchemes();
  const published = useAsk(['subsidy-batches'], () => ask(api['subsidy-batches'].$get({ query: {} })));
  const [filter, change] = useFilters('scheme', 'year');
  const years = [...new Set(all.map(({ year }) => `${year}`))].map((value) => ({ value, label: `${value} 年` }));
  const rows = all.filter(
    ({ scheme, year }) => (!filter.scheme || filter.scheme === scheme) && (!filter.year || filter.year === `${year}`),
  );
  const batchOf = (board: Board) => published.data?.items.find(({ id }) => id === board.batchId);
  return (
    <Page title="补贴批次" sentence="申请按截止日归入批次，一批一并公示、分配预算、批准、下达资金和拨付。">
      <ProblemAlert error={error ?? published.error} retry={refetch} />
      <div className="table-bar no-print">
        <FilterBar
          filters={[
            ...(schemes.length > 1
              ? [{ name: 'scheme', label: '政策', kind: 'select' as const, options: schemes, width: 320 }]
              : []),
            { name: 'year', label: '年度', kind: 'select', options: years },
          ]}
          values={filter as Record<string, string>}
          onChange={change}
        />
      </div>
      {!ready && !error && <Skeleton active />}
      {ready && (
        <Table<Board>
          size="small"
          rowKey={boardKey}
          pagination={false}
          dataSource={rows}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: <Empty description="还没有批次。有申请提交后，按截止日归入批次。" /> }}
          columns={[
            {
              title: '批次',
              render: (_, board) => (
                <Link to={`/subsidy-batches/${board.batchId ?? boardKey(board)}`}>{batchName(board)}</Link>
              ),
            },
            { title: '状态', render: (_, board) => <State board={board} batch={batchOf(board)} /> },
            ...(schemes.length > 1 ? [{ title: '补贴政策', dataIndex: 'schemeTitle' }] : []),
            { title: '申报截止', dataIndex: 'closesOn' },
            { title: '申请', align: 'right', render: (_, { applications }) => `${applications} 项` },
            { title: '其中不予补贴', align: 'right', render: (_, board) => `${countOf(board, 'refused')} 项` },
            { title: '需求', align: 'right', render: (_, board) => <Money value={demandOf(board, batchOf(board))} /> },
            {
              title: '预算分配',
              align: 'right',
              render: (_, board) => <Money value={batchOf(board)?.granted ?? null} />,
            },
            { title: '已拨付', align: 'right', render: (_, board) => <Money value={batchOf(board)?.paid ?? null} /> },
          ]}
        />
      )}
    </Page>
  );
}

function State({ board, batch }: { board: Board; batch: Batch | undefined }) {
  const { today } = useMe();
  const [label, tone] = stateOf(board, batch, today);
  const open = openOf(board);
  return (
    <>
      <Toned tone={tone}>{label}</Toned>
      {open > 0 && <span className="hint">{open} 项没有结论</span>}
    </>
  );
}

/** What is asked of the budget: as allocated, or as far as it is decided, else by the rules. */
export function demandOf(board: Board, batch: Batch | undefined): string {
  if (batch?.demand) return batch.demand;
  const live = board.states.filter(({ status }) => status !== 'refused' && status !== 'withdrawn');
  return toWire(sum(live.map(({ decided, amount }) => money(decided === '0.00' ? amount : decided))));
}
