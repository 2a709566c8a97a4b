import type { Basis } from '../run/run-document.ts';
import type { BarChart, BarRow } from './chart-spec.ts';
import {
  endLabel,
  isCompact,
  provenancePattern,
  referenceLines,
  scaleOf,
  textWidth,
  valueAxis,
  type ChartOption,
  type ChartSurface,
} from './echarts-parts.ts';

/** Opacity of the segments, in turn: one hue in four steps. */
const STEPS = [1, 0.82, 0.66, 0.52];

/** More rows than these are thin. */
export const ROOMY_ROWS = 6;

/** Segments narrower than this run into one: their borders would be all there is. */
const SEPARABLE_PX = 4;

/** Stacked horizontal bars: an ECharts series a segment, the first row on top. */
export function barOption(spec: BarChart, surface: ChartSurface): ChartOption {
  const { color } = surface;
  const compact = isCompact(surface);
  const scale = scaleOf(spec.x, surface);
  const barWidth = spec.rows.length > ROOMY_ROWS ? 18 : compact ? 26 : 36;
  const names = spec.rows.map((row) => (compact ? row.short : row.name));
  const segments = Math.max(1, ...spec.rows.map((row) => row.segments.length));
  const figure = Math.max(...spec.rows.map((row) => textWidth(row.label.figure)));
  const left = Math.max(...names.map(textWidth)) + 14;
  const right = figure + 14;
  const plotWidth = surface.width - left - right;
  const series = Array.from({ length: segments }, (_, at): ChartOption => ({
    type: 'bar',
    stack: 'addresses',
    silent: true,
    barWidth,
    data: spec.rows.map((row) => {
      const px = ((row.segments[at]?.value ?? 0) / scale.max) * plotWidth;
      return segmentOption(row, at, row.basis ?? spec.basis, px >= SEPARABLE_PX, surface);
    }),
    ...(at === 0 ? { markLine: referenceLines(spec.references, 'xAxis', scale, surface) } : {}),
  }));
  // The figure stands on a bar of no length at the end: a segment would lend it its opacity.
  const figures: ChartOption = {
    type: 'bar',
    stack: 'addresses',
    silent: true,
    barWidth,
    data: spec.rows.map((row) => ({
      value: 0,
      itemStyle: { color: 'transparent' },
      label: { ...endLabel(row.label, row.key, surface, 'after'), position: 'right', distance: 6 },
    })),
  };
  return {
    grid: {
      left,
      right,
      top: 24,
      bottom: 40,
      containLabel: false,
    },
    xAxis: {
      ...valueAxis(spec.x, scale, surface, 'below'),
      splitLine: { lineStyle: { color: color('stroke'), width: 1 } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: color('strong') } },
      axisLabel: { color: color('ink'), fontSize: 12, fontWeight: 600 },
    },
    series: [...series, figures],
  };
}

function segmentOption(
  row: BarRow,
  at: number,
  basis: Basis,
  separable: boolean,
  surface: ChartSurface,
): ChartOption {
  const { color } = surface;
  const hue = color(row.key);
  const pattern = provenancePattern(basis, hue);
  const itemStyle: ChartOption =
    pattern === undefined
      ? {
          color: hue,
          opacity: separable ? (STEPS[at % STEPS.length] ?? 1) : 1,
          borderColor: color('card'),
          borderWidth: separable ? 1 : 0,
        }
      : {
          color: color('card'),
          decal: pattern,
          borderColor: hue,
          borderWidth: separable ? 1 : 0,
          borderType: basis === 'modelled' ? [3, 2] : 'solid',
        };
  return {
    value: row.segments[at]?.value ?? '-',
    itemStyle,
  };
}
