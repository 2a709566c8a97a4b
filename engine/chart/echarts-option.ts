import type { ChartSpec } from './chart-spec.ts';
import { ROOMY_ROWS, barOption } from './echarts-bar.ts';
import { lineOption } from './echarts-line.ts';
import type { ChartOption, ChartSurface } from './echarts-parts.ts';

/**
 * The one translation of a chart to an ECharts 6 option, for canvas and SVG alike. Plain data: no
 * functions, so that it crosses a process and can be compared.
 */
export function toEChartsOption(spec: ChartSpec, surface: ChartSurface): ChartOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: surface.fontFamily, fontSize: 11, color: surface.color('ink-3') },
    ...(spec.kind === 'line' ? lineOption(spec, surface) : barOption(spec, surface)),
  };
}

/** Height in px that suits a chart of this width. */
export function chartHeight(spec: ChartSpec, width: number): number {
  const plain = width < 480 ? 250 : 280;
  return spec.kind === 'line'
    ? plain
    : Math.max(
        width < 480 ? 0 : plain,
        72 + spec.rows.length * (spec.rows.length > ROOMY_ROWS ? 28 : 48),
      );
}
