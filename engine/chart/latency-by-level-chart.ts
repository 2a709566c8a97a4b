import type { ArmSeries, LevelLatencyPoint, RunSeries } from '../analysis/run-series.ts';
import type { RunDocument } from '../run/run-document.ts';
import type { Strategy } from '../model/strategy.ts';
import type { LineChart, LineSeries } from './chart-spec.ts';
import { formatNumber } from './format.ts';
import { basisOfRun, BASIS_WORDS } from './provenance.ts';
import { worthDrawing } from './run-range.ts';
import { armNames } from './strategy-style.ts';

const NS_PER_US = 1_000;

/** How far above the highest p95 the scale goes on. */
const HEADROOM = 1.5;

/**
 * What a bind took against how many ports the arm held: a chart an arm, all on one scale of time,
 * so that place tells the arm and the dash the percentile. The scale ends somewhat above the
 * highest p95; rarer, longer binds are marked at its edge, and the label names the longest.
 *
 * Empty for simulated runs, whose calls take 1 µs by convention: there is no latency to show; and where there is little to draw.
 */
export function latencyByLevelCharts(document: RunDocument, series: RunSeries): LineChart[] {
  if (document.run.stack === 'simulated' || !worthDrawing(document)) return [];
  const drawn = document.arms.flatMap((arm) => {
    const found = series.arms.find((candidate) => candidate.index === arm.index);
    return found === undefined || found.latency === null ? [] : [{ arm, of: found }];
  });
  const points = drawn.flatMap(({ of }) => of.latencyByLevel);
  const highest = Math.max(0, ...points.map((point) => point.max));
  const yMax =
    Math.min(highest, HEADROOM * Math.max(0, ...points.map((point) => point.p95))) / NS_PER_US;
  const basis = basisOfRun(document.run);
  const names = armNames(document.arms);
  return drawn.map(({ arm, of }) => ({
    kind: 'line',
    id: `latency-by-level-${arm.index}`,
    title: `Bind latency, ${names.get(arm.index)?.name ?? arm.strategy}`,
    subtitle: `against ports held, ${BASIS_WORDS[basis]}${beyond(of, yMax) ? '; triangles: beyond the scale' : ''}`,
    description: describe(of),
    basis,
    x: { name: 'ports the arm held', unit: '', max: of.latencyByLevel.at(-1)?.to ?? 0 },
    y: { name: 'bind', unit: '\u00b5s', max: yMax },
    series: [
      lineOf(arm.strategy, 'p50', 'solid', of),
      lineOf(arm.strategy, 'p95', 'dashed', of),
      lineOf(arm.strategy, 'max', 'marks', of),
    ],
    references: [],
    table: {
      columns: [
        { name: 'Ports held', numeric: false },
        ...['Binds', 'p50, \u00b5s', 'p95, \u00b5s', 'max, \u00b5s'].map((name) => ({
          name,
          numeric: true,
        })),
      ],
      rows: of.latencyByLevel.map((point) => [
        `${formatNumber(point.from)} to ${formatNumber(point.to)}`,
        point.count,
        inMicroseconds(point.p50),
        inMicroseconds(point.p95),
        inMicroseconds(point.max),
      ]),
    },
  }));
}

function lineOf(
  key: Strategy,
  percentile: 'p50' | 'p95' | 'max',
  dash: LineSeries['dash'],
  of: ArmSeries,
): LineSeries {
  const overall = of.latency?.[percentile] ?? 0;
  return {
    key,
    name: percentile,
    dash,
    area: false,
    points: of.latencyByLevel.map((point) => [middleOf(point), point[percentile] / NS_PER_US]),
    label: { figure: formatNumber(overall / NS_PER_US, 1), words: percentile },
  };
}

function middleOf(point: LevelLatencyPoint): number {
  return (point.from + point.to) / 2;
}

function inMicroseconds(ns: number): number {
  return Number((ns / NS_PER_US).toPrecision(4));
}

function beyond(of: ArmSeries, yMax: number): boolean {
  return of.latencyByLevel.some((point) => point.max > yMax * NS_PER_US);
}

function describe(of: ArmSeries): string {
  const latency = of.latency;
  if (latency === null) return '';
  const [p50, p95, p99, max] = [latency.p50, latency.p95, latency.p99, latency.max].map((ns) =>
    formatNumber(ns / NS_PER_US, 1),
  );
  return `Half of ${formatNumber(latency.count)} binds took at most ${p50} \u00b5s, 95 % at most ${p95}, 99 % at most ${p99}; the longest took ${max}.`;
}
