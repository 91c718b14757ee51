import { BarChart, GaugeChart, LineChart, SankeyChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

use([
  BarChart,
  GaugeChart,
  LineChart,
  SankeyChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  MarkLineComponent,
  AriaComponent,
  CanvasRenderer,
]);

export interface ChartProps {
  option: EChartsCoreOption;
  height?: number;
  summary: string;
}

export default function Canvas({ option, height = 260, summary }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chart = init(box.current!);
    // Tooltips are drawn on the canvas: as HTML they would carry style attributes, which the content security policy refuses.
    chart.setOption({
      animation: false,
      ...option,
      tooltip: { ...(option.tooltip as object), renderMode: 'richText' },
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(box.current!);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  }, [option]);
  return (
    <figure>
      <div ref={box} className="chart" style={{ height }} role="img" aria-label={summary} />
      <figcaption>{summary}</figcaption>
    </figure>
  );
}
