import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { LegacyGridContainLabel } from 'echarts/features';
import type { ChartOption } from '#engine/chart/echarts-parts.ts';

/** The only door to ECharts, with the parts engine/chart draws with and no others. */
use([
  BarChart,
  LineChart,
  GridComponent,
  MarkLineComponent,
  CanvasRenderer,
  LegacyGridContainLabel,
]);

export interface DrawnChart {
  setOption(option: ChartOption, how: { notMerge: boolean }): void;
  resize(size: { width: number; height: number }): void;
  dispose(): void;
}

export function initChart(element: HTMLElement, width: number, height: number): DrawnChart {
  const chart = init(element, null, { renderer: 'canvas', width, height });
  return {
    setOption: (option, how) => chart.setOption(option as EChartsCoreOption, how),
    resize: (size) => chart.resize(size),
    dispose: () => chart.dispose(),
  };
}
