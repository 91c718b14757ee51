import { Button, DatePicker, Skeleton, Space, Table } from 'antd';
import dayjs from 'dayjs';
import { Link } from 'react-router';
import { periodOf, previousPeriod } from '../../../calendar/settlement-period.ts';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import type { Choice } from '../../parts/useChoices.ts';
import { useFilters } from '../../parts/useFilters.ts';
import { useMe } from '../../session.ts';
import { ClosingCard } from './ClosingCard.tsx';
import { type ClosingItem, STATES } from './types.ts';

/** 结账: each pool's months of a year, in order; a month that is chosen shows what it lacks and is closed from there. */
export default function ClosingsPage() {
  const me = useMe();
  // The year of the last month that is over: in January there is nothing yet to close of the new one.
  const last = previousPeriod(periodOf(me.today));
  const [{ year = last.slice(0, 4), poolCode, period }, change] = useFilters('year', 'poolCode', 'period');
  const shown = period?.slice(0, 4) ?? year;
  const months = useAsk(['closing', 'months', shown], () =>
    ask(api.closings.$get({ query: { year: shown, limit: '500', sort: 'period' } })),
  );
  const years = useAsk(['closing', 'years', shown], () =>
    ask(api['year-closings'].$get({ query: { year: shown, limit: '200' } })),
  );
  const items = months.data?.items ?? [];
  const chosen = items.find((one) => one.poolCode === poolCode && one.period === period);
  return (
    <Page title="结账" sentence={months.data && sentenceOf(items)}>
      <div className="table-bar no-print">
        <DatePicker
          picker="year"
          allowClear={false}
          aria-label="年度"
          value={dayjs(`${shown}-01-01`)}
          maxDate={dayjs(me.today)}
          onChange={(day) => change({ year: day?.format('YYYY'), poolCode: undefined, period: undefined })}
        />
        <Space wrap>
          {years.data?.items.map(({ id, poolName, year: y, status }) => (
            <Link key={id} to={`/year-closings/${id}`}>
              {poolName} {y} 年度报表（{STATES[status]?.[0]}）
            </Link>
          ))}
        </Space>
      </div>
      <ProblemAlert error={months.error ?? years.error} retry={() => void months.refetch()} />
      {!months.data && !months.error && <Skeleton active />}
      {months.data && <Months items={items} chosen={chosen} onChoose={(one) => change(one)} />}
      {months.data && !chosen && <p className="hint">点选月份，查看还缺什么、由谁办理，或办理结账。</p>}
      {chosen && <ClosingCard key={chosen.id} id={chosen.id} title={`${chosen.poolName} ${chosen.period}`} />}
    </Page>
  );
}

interface Props {
  items: ClosingItem[];
  chosen: ClosingItem | undefined;
  onChoose(chosen: { poolCode: string; period: string }): void;
}

/** Months × pools: how each stands. */
function Months({ items, chosen, onChoose }: Props) {
  const pools: Choice[] = [...new Map(items.map(({ poolCode, poolName }) => [poolCode, poolName]))].map(
    ([value, label]) => ({ value, label }),
  );
  const periods = [...new Set(items.map(({ period }) => period))].sort().toReversed();
  return (
    <Table<Choice>
      size="small"
      className="matrix"
      rowKey="value"
      pagination={false}
      dataSource={pools}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: '这一年还没有结束的月份' }}
      columns={[
        { title: '资金池', dataIndex: 'label', fixed: 'left' },
        ...periods.map((period) => ({
          title: <abbr title={period}>{Number(period.slice(5))} 月</abbr>,
          key: period,
          align: 'center' as const,
          render: (_: unknown, { value: poolCode }: Choice) => {
            const item = items.find((one) => one.poolCode === poolCode && one.period === period);
            if (!item) return <span className="hint">—</span>;
            return (
              <Button
                type="text"
                size="small"
                className={item === chosen ? 'cell chosen' : 'cell'}
                onClick={() => onChoose({ poolCode, period })}
              >
                <State of={item} />
              </Button>
            );
          },
        })),
      ]}
    />
  );
}

/** The word is short: what a month lacks is told when it is chosen. */
function State({ of: { status, exception } }: { of: ClosingItem }) {
  if (status === 'open') return <span className="hint">未备</span>;
  if (status === 'closed' && exception !== null) return <Toned tone="near">例外</Toned>;
  return <Toned tone={STATES[status]?.[1] ?? 'plain'}>{STATES[status]?.[0].replace('可以结账', '可结')}</Toned>;
}

/** Which months could be closed or wait for a second person; else what comes next. */
function sentenceOf(items: ClosingItem[]): string {
  if (items.length === 0) return '这一年还没有结束的月份。';
  const named = (list: ClosingItem[]) =>
    `${list
      .slice(0, 3)
      .map(({ poolName, period }) => `${poolName} ${period}`)
      .join('、')}${list.length > 3 ? `等 ${list.length} 个月` : ''}`;
  const of = (status: string) => items.filter((item) => item.status === status);
  const [ready, proposed, open] = [of('ready'), of('proposed'), of('open')];
  if (proposed.length + ready.length + open.length === 0) return '已结束的月份均已结账。';
  const parts = [
    ...(proposed.length > 0 ? [`${named(proposed)} 的结账待另一人复核`] : []),
    ...(ready.length > 0 ? [`${named(ready)} 可以结账`] : []),
    ...(open.length > 0 ? [`${open.length} 个月尚未具备条件，最早的是 ${named(open.slice(0, 1))}`] : []),
  ];
  return `${parts.join('；')}。`;
}
