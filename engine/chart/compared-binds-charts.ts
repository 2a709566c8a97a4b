import type { ArmSeries } from '../analysis/run-series.ts';
import type { LineChart, LineSeries } from './chart-spec.ts';
import {
  MOST_NAMED,
  basisOf,
  basisSubtitle,
  comparedArms,
  letterOf,
  type ComparedArm,
  type ComparedRun,
} from './compared-run.ts';
import { formatNumber, timeUnit, type TimeUnit } from './format.ts';

const TABLE_ROWS = 60;

interface Drawn {
  readonly run: ComparedRun;
  readonly of: ArmSeries;
}

/**
 * Successful binds against time, a chart an arm with every run in it. Real and virtual time share no
 * axis: simulated runs have a chart of their own, for 1 µs a call is a convention.
 */
export function comparedBindsCharts(runs: readonly ComparedRun[]): LineChart[] {
  return comparedArms(runs).flatMap((arm) => {
    const drawn = seriesOf(arm).filter(({ of }) => of.bound > 0);
    const real = drawn.filter(({ run }) => basisOf(run) !== 'modelled');
    const modelled = drawn.filter(({ run }) => basisOf(run) === 'modelled');
    return [
      ...(real.length === 0 ? [] : [chartOf(arm, real, false)]),
      ...(modelled.length === 0 ? [] : [chartOf(arm, modelled, true)]),
    ];
  });
}

/** What each run recorded of an arm, where it recorded any. */
export function seriesOf({ of: entries }: ComparedArm): Drawn[] {
  return entries.flatMap(({ run, arm }) => {
    const of = run.series.arms.find(({ index }) => index === arm.index);
    return of === undefined ? [] : [{ run, of }];
  });
}

function chartOf(
  { strategy, name }: ComparedArm,
  drawn: readonly Drawn[],
  virtual: boolean,
): LineChart {
  const runs = drawn.map(({ run }) => run);
  const span = Math.max(...drawn.map(({ of }) => spanOf(of)));
  const unit = timeUnit(span);
  const lines = drawn.map(({ run, of }, at): LineSeries => ({
    key: strategy,
    name: `${letterOf(run)}, ${run.name}`,
    dash: 'strategy',
    area: false,
    run: { letter: letterOf(run), basis: basisOf(run), at, lines: drawn.length },
    points: of.binds.map(({ t, bound }) => [(t - of.begin) / unit.ns, bound]),
    label: {
      figure: `${letterOf(run)} ${formatNumber(of.bound)}`,
      words: drawn.length > MOST_NAMED ? '' : run.name,
    },
  }));
  return {
    kind: 'line',
    id: `compared-binds-${drawn[0]?.of.index ?? 0}${virtual ? '-virtual' : ''}`,
    title: `Binds over ${virtual ? 'virtual time' : 'time'}, ${name}`,
    subtitle: basisSubtitle(runs),
    description: `Lines rising from 0, a run each. ${drawn
      .map(
        ({ run, of }) =>
          `${letterOf(run)} reached ${formatNumber(of.bound)} after ${tookWords(of, unit)}`,
      )
      .join('; ')}.`,
    basis: basisOf(runs[0] as ComparedRun),
    x: {
      name: virtual ? 'virtual time, 1 µs a call' : 'time since the arm began',
      unit: unit.name,
      max: span / unit.ns,
    },
    y: { name: 'binds', unit: '', max: Math.max(...drawn.map(({ of }) => of.bound)) },
    series: lines,
    references: [],
    table: {
      columns: [
        { name: 'Run', numeric: false },
        { name: `${virtual ? 'Virtual time' : 'Time'}, ${unit.name}`, numeric: true },
        { name: 'Binds', numeric: true },
      ],
      rows: lines.flatMap(({ run, points }) =>
        thin(points, Math.floor(TABLE_ROWS / lines.length)).map(([x, y]) => [
          run?.letter ?? '',
          Number(x.toPrecision(4)),
          y ?? 0,
        ]),
      ),
    },
  };
}

function tookWords(of: ArmSeries, unit: TimeUnit): string {
  return `${formatNumber(spanOf(of) / unit.ns, 2)} ${unit.name}`;
}

function spanOf(arm: ArmSeries): number {
  return (arm.binds.at(-1)?.t ?? arm.begin) - arm.begin;
}

/** Every n-th point, and the last. */
function thin<T>(points: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.ceil(points.length / Math.max(1, count)));
  return points.filter((_, at) => at === points.length - 1 || at % step === 0);
}
