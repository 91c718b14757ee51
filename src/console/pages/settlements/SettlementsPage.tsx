import { DatePicker, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { nextPeriod, periodOf, periodsBetween } from '../../../calendar/settlement-period.ts';
import { send } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { useMe } from '../../session.ts';
import { useBooks } from '../ledger/useBooks.ts';
import { ExportSettlements } from './ExportSettlements.tsx';
import { Matrix } from './Matrix.tsx';
import { MonthPanel } from './MonthPanel.tsx';
import type { Settlement } from './settlement.ts';
import { useBoards } from './useBoards.ts';

/** 结算: each pool's months of a year and how they stand; a month that is chosen says what it lacks and is settled from there. */
export default function SettlementsPage() {
  const me = useMe();
  const { books } = useBooks();
  const [{ year = me.today.slice(0, 4), pool, period }, change] = useFilters('year', 'pool', 'period');
  const boards = useBoards(books.map(({ value }) => value));
  const shown = period?.slice(0, 4) ?? year;
  const last = shown === me.today.slice(0, 4) ? periodOf(me.today) : `${shown}-12`;
  const months = periodsBetween(`${shown}-01`, last).reverse();
  const { data, error, refetch } = useAsk(['settlements', shown], () =>
    settled(`${shown}-01`, nextPeriod(`${shown}-12`)),
  );
  return (
    <Page title="结算" sentence={sentenceOf(boards)} actions={<ExportSettlements year={shown} />}>
      <div className="table-bar no-print">
        <DatePicker
          picker="year"
          allowClear={false}
          aria-label="年度"
          value={dayjs(`${shown}-01-01`)}
          maxDate={dayjs(me.today)}
          onChange={(day) => change({ year: day?.format('YYYY'), period: undefined, pool: undefined })}
        />
      </div>
      <ProblemAlert error={error} retry={refetch} />
      {data ? (
        <Matrix
          pools={books}
          months={months}
          settled={data}
          boards={boards}
          chosen={pool && period ? { pool, period } : undefined}
          onChoose={(chosen) => change(chosen)}
        />
      ) : (
        <Skeleton active />
      )}
      {data && !(pool && period) && <p className="hint">点选月份，查看缺什么、办理结算或查看结果。</p>}
      {data && pool && period && (
        <MonthPanel
          key={`${pool}${period}`}
          pool={pool}
          period={period}
          settlement={data.find((s) => s.poolCode === pool && s.period === period)}
          board={boards.get(pool)}
        />
      )}
    </Page>
  );
}

/** Every settlement of some months, page by page. */
async function settled(from: string, to: string): Promise<Settlement[]> {
  const items: Settlement[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ from, to, limit: '50', ...(cursor ? { cursor } : {}) });
    const page: { items: Settlement[]; nextCursor: string | null } = await (
      await send(`/api/v1/settlements?${query}`)
    ).json();
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

function sentenceOf(boards: ReturnType<typeof useBoards>): string | undefined {
  const all = [...boards.values()];
  if (all.length === 0) return undefined;
  const over = all.filter(({ next }) => next.over);
  if (over.length === 0) return '已结束的月份均已结算。';
  const text = over.map(({ pool, next: { period, missing, dueOn } }) => {
    const lacking = missing.map(({ bankName, loans }) => `${bankName} ${loans} 笔`).join('、');
    return `${pool.name} ${period} ${lacking ? `缺月报：${lacking}` : '可以结算'}（应于 ${dueOn} 前）`;
  });
  return `${text.join('；')}。`;
}
