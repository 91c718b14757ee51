import { useMemo } from 'react';
import { Chart } from '../../parts/Chart.tsx';
import { Why } from '../../parts/Why.tsx';
import type { Board } from './board.ts';

const COLOUR = { within: '#3f8f5b', near: '#c99700', past: '#b42318' };

/** How much of the leverage is used, as a small gauge. */
export function LeverageGauge({ of: { limit, used, percent, tone, explanation } }: { of: Board['leverage'] }) {
  const option = useMemo(() => {
    const value = Math.min(Number(percent), 100);
    return {
      series: [
        {
          ...{
            type: 'gauge',
            startAngle: 200,
            endAngle: -20,
            min: 0,
            max: 100,
            radius: '100%',
            center: ['50%', '68%'],
          },
          progress: { show: true, width: 12, itemStyle: { color: COLOUR[tone] } },
          axisLine: { lineStyle: { width: 12, color: [[1, '#e4e7eb']] } },
          ...{ pointer: { show: false }, axisTick: { show: false }, splitLine: { show: false } },
          axisLabel: { show: false },
          detail: { formatter: `${used} 倍`, fontSize: 20, color: '#222', offsetCenter: [0, '-10%'] },
          data: [{ value }],
        },
      ],
    };
  }, [used, percent, tone]);
  return (
    <section>
      <h2>
        已用放大倍数
        <Why of={explanation} />
      </h2>
      <Chart option={option} height={180} summary={`已用 ${used} 倍，上限 ${limit} 倍，占 ${percent}%`} />
    </section>
  );
}
