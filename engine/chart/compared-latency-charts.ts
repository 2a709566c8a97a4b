import type { ArmSeries, LevelLatencyPoint } from '../analysis/run-series.ts';
import type { LineChart, LineSeries } from './chart-spec.ts';
import { seriesOf } from './compared-binds-charts.ts';
import {
  MOST_NAMED,
  basisOf,
  basisSubtitle,
  comparedArms,
  letterOf,
  type ComparedArm,
  type ComparedRun,
} from './compared-run.ts';
import { formatNumber } from './format.ts';

const NS_PER_US = 1_000;

const PERCENTILES = [
  ['p50', 'median'],
  ['p95', '95th percentile'],
] as const;

/**
 * What a bind took against the ports held, a chart an arm and percentile with every run on real
 * sockets in it; all charts of a percentile on one scale. A model has no latency.
 */
export function comparedLatencyCharts(runs: readonly ComparedRun[]): LineChart[] {
  const arms = comparedArms(runs)
    .map((arm) => ({
      arm,
      drawn: seriesOf(arm).filter(
        ({ run, of }) => basisOf(run) !== 'modelled' && of.latencyByLevel.length > 0,
      ),
    }))
    .filter(({ drawn }) => drawn.length > 0);
  return PERCENTILES.flatMap((percentile) => {
    const [key] = percentile;
    const points = arms.flatMap(({ drawn }) => drawn.flatMap(({ of }) => of.latencyByLevel));
    const yMax = Math.max(0, ...points.map((point) => point[key])) / NS_PER_US;
    return arms.map(({ arm, drawn }) => chartOf(arm, drawn, percentile, yMax));
  });
}

function chartOf(
  { strategy, name }: ComparedArm,
  drawn: readonly { readonly run: ComparedRun; readonly of: ArmSeries }[],
  [percentile, words]: (typeof PERCENTILES)[number],
  yMax: number,
): LineChart {
  const runs = drawn.map(({ run }) => run);
  const overall = ({ latency }: ArmSeries): string =>
    formatNumber((latency?.[percentile] ?? 0) / NS_PER_US, 1);
  return {
    kind: 'line',
    id: `compared-latency-${percentile}-${drawn[0]?.of.index ?? 0}`,
    title: `Bind latency, ${words}, ${name}`,
    subtitle: `against ports held; ${basisSubtitle(runs)}`,
    description: `Lines, a run each. ${drawn
      .map(({ run, of }) => `${letterOf(run)}: ${words} of all binds ${overall(of)} µs`)
      .join('; ')}.`,
    basis: basisOf(runs[0] as ComparedRun),
    x: {
      name: 'ports the arm held',
      unit: '',
      max: Math.max(...drawn.map(({ of }) => of.latencyByLevel.at(-1)?.to ?? 0)),
    },
    y: { name: 'bind', unit: 'µs', max: yMax },
    series: drawn.map(({ run, of }, at): LineSeries => ({
      key: strategy,
      name: `${letterOf(run)}, ${run.name}`,
      dash: 'strategy',
      area: false,
      run: { letter: letterOf(run), basis: basisOf(run), at, lines: drawn.length },
      points: of.latencyByLevel.map((point) => [middleOf(point), point[percentile] / NS_PER_US]),
      label: {
        figure: `${letterOf(run)} ${overall(of)}`,
        words: drawn.length > MOST_NAMED ? '' : run.name,
      },
    })),
    references: [],
    table: {
      columns: [
        { name: 'Run', numeric: false },
        { name: 'Ports held', numeric: false },
        { name: 'Binds', numeric: true },
        { name: `${percentile}, µs`, numeric: true },
        { name: 'max, µs', numeric: true },
      ],
      rows: drawn.flatMap(({ run, of }) =>
        of.latencyByLevel.map((point) => [
          letterOf(run),
          `${formatNumber(point.from)} to ${formatNumber(point.to)}`,
          point.count,
          inMicroseconds(point[percentile]),
          inMicroseconds(point.max),
        ]),
      ),
    },
  };
}

function middleOf(point: LevelLatencyPoint): number {
  return (point.from + point.to) / 2;
}

function inMicroseconds(ns: number): number {
  return Number((ns / NS_PER_US).toPrecision(4));
}
