import type { Basis } from '../run/run-document.ts';
import type { AxisScale } from './axis-scale.ts';
import type { LineChart, LineSeries } from './chart-spec.ts';
import {
  clockAxis,
  endLabel,
  isCompact,
  provenancePattern,
  referenceLines,
  scaleOf,
  textWidth,
  valueAxis,
  widestLabel,
  type ChartOption,
  type ChartSurface,
  type PlotMargin,
} from './echarts-parts.ts';
import { placeLabels, type PlacedLabel } from './label-placement.ts';
import { letterPlaces, letterPoint, runDash, runMarker } from './run-style.ts';
import { STRATEGY_STYLE, type StrategyStyle } from './strategy-style.ts';

/** A line above the axis' end is cut there; marks are moved to the edge instead. */
export function lineOption(spec: LineChart, surface: ChartSurface): ChartOption {
  const x = scaleOf(spec.x, surface);
  const y = scaleOf(spec.y, surface);
  const compact = isCompact(surface);
  const margin = marginOf(spec, y, compact);
  const { since } = spec.x;
  const labels = placeLabels(
    spec.series.map((line) => endOf(line, y, since ?? 0)),
    {
      x: since === undefined ? x : { ...x, max: Math.max(1, spec.x.max - since) },
      y,
      margin,
      width: surface.width,
      height: surface.height,
      compact,
      oneLine: spec.series.every(({ label }) => label.words === ''),
    },
  );
  return {
    ...(since !== undefined && { useUTC: true }),
    grid: { ...margin, containLabel: false },
    xAxis: {
      ...(since === undefined
        ? valueAxis(spec.x, x, surface, 'below')
        : clockAxis({ ...spec.x, since }, surface)),
      splitLine: { show: false },
    },
    yAxis: {
      ...valueAxis(spec.y, y, surface, 'left'),
      splitLine: { lineStyle: { color: surface.color('stroke'), width: 1 } },
    },
    series: spec.series.map((line, at) => ({
      ...seriesOption(line, spec.basis, y, labels[at], surface),
      // Where lines run on one another, the shorter one stays visible.
      z: 2 + spec.series.filter((other) => topOf(other) > topOf(line)).length,
      ...(at === 0 ? { markLine: referenceLines(spec.references, 'yAxis', y, surface) } : {}),
    })),
  };
}

function marginOf(spec: LineChart, y: AxisScale, compact: boolean): PlotMargin {
  const labels = spec.series.map(({ label }) =>
    Math.max(textWidth(label.figure) + 4, spec.series.some(hasRoom) ? textWidth(label.words) : 0),
  );
  const inline = !spec.series.every(hasRoom);
  // Names of runs go under their figures, however short.
  const least = spec.series.some(({ run, label }) => run !== undefined && label.words !== '')
    ? 70
    : 60;
  const right = inline ? 74 : compact ? 20 : Math.min(150, Math.max(least, ...labels)) + 16;
  return { left: widestLabel(y) + 14, right, top: 34, bottom: 42 };
}

/** Its label stands in a margin of its own, with its words. */
function hasRoom({ area, run }: LineSeries): boolean {
  return area || run !== undefined;
}

/** Where a series' label belongs: its last point, kept inside the axis. */
function endOf(line: LineSeries, y: AxisScale, since: number): readonly [number, number] {
  const [endX, endY] = line.points.at(-1) ?? [since, 0];
  return [endX - since, Math.min(endY ?? 0, y.max)];
}

function topOf(line: LineSeries): number {
  return line.points.at(-1)?.[1] ?? 0;
}

/** What has no strategy is told by its words at the line's end. */
const PLAIN: StrategyStyle = { letter: '', dash: [], marker: 'circle' };

function seriesOption(
  line: LineSeries,
  basis: Basis,
  y: AxisScale,
  label: PlacedLabel | undefined,
  surface: ChartSurface,
): ChartOption {
  const hue = surface.color(line.key);
  const style = line.key === 'accent' || line.key === 'ink-3' ? PLAIN : STRATEGY_STYLE[line.key];
  const pattern = line.area ? provenancePattern(basis, hue) : undefined;
  const marks = line.dash === 'marks';
  const hollow = (line.run?.basis ?? 'measured') !== 'measured';
  const letters = line.run === undefined ? null : letterPlaces(line.run, line.points.length);
  return {
    type: 'line',
    name: line.name,
    silent: true,
    clip: !marks,
    showSymbol: true,
    symbol: marks ? 'circle' : 'none',
    symbolSize: 3,
    itemStyle: {
      ...(marks && basis !== 'measured'
        ? { color: surface.color('card'), borderColor: hue }
        : { color: hue }),
      ...(pattern === undefined ? {} : { decal: pattern }),
    },
    lineStyle: { color: hue, width: marks ? 0 : 2, type: dashOf(line, basis, style.dash) },
    ...(pattern === undefined ? {} : { areaStyle: { color: 'transparent', opacity: 0.4 } }),
    data: line.points.map(([px, py], at): ChartOption => {
      if (py === null) return { value: [px, null] };
      const above = marks && py > y.max;
      const value = [px, Math.min(py, marks ? y.max : py)];
      const last = at === line.points.length - 1;
      if (!last && line.run !== undefined && letters?.has(at) === true) {
        return { value, ...letterPoint(line.run.letter, line.key, surface.color) };
      }
      if (!last) return above ? { value, symbol: 'triangle', symbolSize: 7 } : { value };
      return {
        value: [px, Math.min(py, y.max)],
        symbol: above
          ? 'triangle'
          : line.run !== undefined
            ? runMarker(line.run)
            : line.area
              ? style.marker
              : 'circle',
        symbolSize: hasRoom(line) ? 8 : above ? 7 : 3,
        itemStyle: hollow
          ? { color: surface.color('card'), borderColor: hue, borderWidth: 1.5 }
          : { color: hue },
        label: {
          ...endLabel(line.label, line.key, surface, label?.words ?? 'after'),
          ...label?.option,
        },
      };
    }),
  };
}

/** The model's lines are never solid. */
function dashOf(
  line: LineSeries,
  basis: Basis,
  own: readonly number[],
): string | readonly number[] {
  if (line.run !== undefined) return runDash(line.run);
  if (line.dash === 'solid' || line.dash === 'marks') return 'solid';
  if (line.dash === 'dashed') return [5, 3];
  if (own.length > 0) return own;
  return basis === 'modelled' ? [14, 3] : 'solid';
}
