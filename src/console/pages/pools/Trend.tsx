import { Skeleton } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useMemo } from 'react';
import { formatYuan, money } from '../../../money/money.ts';
import { toWan } from '../../../money/wan.ts';
import { api, ask } from '../../api.ts';
import { Chart } from '../../parts/Chart.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';

type Point = InferResponseType<(typeof api.pools)[':id']['trend']['$get'], 200>['items'][number];

const LINES = [
  ['资金池净额', 'capital', '#1d4e6f'],
  ['准备金占用额', 'reserved', '#c99700'],
  ['备案余额', 'countedOutstanding', '#7a8794'],
] as const;

/** The pool month by month, in 万元. */
export function Trend({ code }: { code: string }) {
  const { data, error, refetch } = useAsk(['pools', code, 'trend'], () =>
    ask(api.pools[':id'].trend.$get({ param: { id: code }, query: {} })),
  );
  const points = data?.items;
  const option = useMemo(() => points && optionOf(points), [points]);
  return (
    <section>
      <h2>逐月走势（万元）</h2>
      <ProblemAlert error={error} retry={refetch} />
      {points && option ? (
        <Chart option={option} height={200} summary={summaryOf(points)} />
      ) : (
        !error && <Skeleton active />
      )}
    </section>
  );
}

function optionOf(points: Point[]) {
  return {
    tooltip: { trigger: 'axis' },
    legend: { bottom: 0 },
    grid: { left: 8, right: 16, top: 12, bottom: 32, containLabel: true },
    xAxis: { type: 'category', data: points.map(({ period, status }) => (status === 'open' ? `${period}*` : period)) },
    yAxis: { type: 'value', splitLine: { lineStyle: { color: '#eef0f3' } } },
    series: LINES.map(([name, field, color]) => ({
      ...{ name, type: 'line', color, symbolSize: 5 },
      data: points.map((point) => Number(toWan(money(point[field])))),
    })),
  };
}

function summaryOf(points: Point[]): string {
  const last = points.at(-1);
  if (!last) return '还没有数据';
  const open = points.some(({ status }) => status === 'open') ? '带 * 的月份尚未结算，数据可能变动。' : '';
  const yuan = (value: string) => `${formatYuan(money(value))} 元`;
  return `${last.period}：净额 ${yuan(last.capital)}，准备金占用 ${yuan(last.reserved)}，备案余额 ${yuan(last.countedOutstanding)}，不良率 ${last.badRatio}%。${open}`;
}
