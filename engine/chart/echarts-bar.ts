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

/** Stacked horizontal bars: an ECharts series a segment, the first row on top. */
export function barOption(spec: BarChart, surface: ChartSurface): ChartOption {
  const { color } = surface;
  const compact = isCompact(surface);
  const scale = scaleOf(spec.x, surface);
  const names = spec.rows.map((row) => (compact ? row.short : row.name));
  const segments = Math.max(1, ...spec.rows.map((row) => row.segments.length));
  const series = Array.from({ length: segments }, (_, at): ChartOption => ({
    type: 'bar',
    stack: 'addresses',
    silent: true,
    barWidth: 22,
    data: spec.rows.map((row) => segmentOption(row, at, spec, surface)),
    ...(at === 0 ? { markLine: referenceLines(spec.references, 'xAxis', scale, surface) } : {}),
  }));
  const figure = Math.max(...spec.rows.map((row) => textWidth(row.label.figure)));
  return {
    grid: {
      left: Math.max(...names.map(textWidth)) + 14,
      right: figure + 14,
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
    series,
  };
}

function segmentOption(
  row: BarRow,
  at: number,
  spec: BarChart,
  surface: ChartSurface,
): ChartOption {
  const { color } = surface;
  const hue = color(row.key);
  const pattern = provenancePattern(spec.basis, hue);
  const last = at === Math.max(0, row.segments.length - 1);
  const itemStyle: ChartOption =
    pattern === undefined
      ? {
          color: hue,
          opacity: STEPS[at % STEPS.length] ?? 1,
          borderColor: color('card'),
          borderWidth: row.segments.length > 32 ? 0.5 : 1,
        }
      : {
          color: color('card'),
          decal: pattern,
          borderColor: hue,
          borderWidth: 1,
          borderType: spec.basis === 'modelled' ? [3, 2] : 'solid',
        };
  return {
    value: row.segments[at]?.value ?? (last ? 0 : '-'),
    itemStyle,
    ...(last
      ? {
          label: {
            ...endLabel(row.label, row.key, surface, 'after'),
            position: 'right',
            distance: 6,
          },
        }
      : {}),
  };
}
