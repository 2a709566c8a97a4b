import type { ArmSeries, RunSeries } from '../analysis/run-series.ts';
import type { RunDocument } from '../run/run-document.ts';
import type { LineChart, LineSeries } from './chart-spec.ts';
import { formatNumber, timeUnit } from './format.ts';
import { basisOfRun, BASIS_WORDS } from './provenance.ts';
import { keepsWhatItBinds, rangeOfRun, worthDrawing } from './run-range.ts';
import { armNames } from './strategy-style.ts';

const TABLE_ROWS = 60;

/**
 * Successful binds against time, each arm from its own beginning, so that where they part shows.
 * A simulated run's time is virtual, and the axis says so. Null where there is little to draw.
 */
export function bindsOverTimeChart(document: RunDocument, series: RunSeries): LineChart | null {
  const names = armNames(document.arms);
  const drawn = document.arms.flatMap((arm) => {
    const found = series.arms.find((candidate) => candidate.index === arm.index);
    if (found === undefined || found.bound === 0) return [];
    const named = names.get(arm.index);
    return [{ key: arm.strategy, name: named?.name ?? '', short: named?.short ?? '', of: found }];
  });
  if (drawn.length === 0 || !worthDrawing(document)) return null;

  const basis = basisOfRun(document.run);
  const span = Math.max(...drawn.map(({ of }) => spanOf(of)));
  const unit = timeUnit(span);
  const most = Math.max(...drawn.map(({ of }) => of.bound));
  const range = keepsWhatItBinds(document) ? rangeOfRun(document) : null;
  // Only where there is room for its words: neither far above the lines nor on the axis.
  const references =
    range !== null && range <= 1.5 * most && range >= 0.05 * most
      ? [{ value: range, words: `dynamic range ${formatNumber(range)}` }]
      : [];
  const lines = drawn.map(({ key, name, short, of }): LineSeries => ({
    key,
    name,
    dash: 'strategy',
    area: true,
    points: of.binds.map(({ t, bound }) => [(t - of.begin) / unit.ns, bound]),
    label: { figure: `${short} ${formatNumber(of.bound)}`, words: name },
  }));
  const time = basis === 'modelled' ? 'virtual time' : 'time';
  return {
    kind: 'line',
    id: 'binds-over-time',
    title: 'Binds over time',
    subtitle: `successful binds since each arm began, ${BASIS_WORDS[basis]}`,
    description: `Lines rising from 0. ${drawn
      .map(({ name, of }) => {
        const took = formatNumber(spanOf(of) / unit.ns, 2);
        return `${name} reached ${formatNumber(of.bound)} after ${took} ${unit.name}`;
      })
      .join('; ')}.`,
    basis,
    x: {
      name: basis === 'modelled' ? 'virtual time, 1 \u00b5s a call' : 'time since the arm began',
      unit: unit.name,
      max: span / unit.ns,
    },
    y: { name: 'binds', unit: '', max: Math.max(most, ...references.map((line) => line.value)) },
    series: lines,
    references,
    table: {
      columns: [
        { name: 'Arm', numeric: false },
        { name: `${time[0]?.toUpperCase()}${time.slice(1)}, ${unit.name}`, numeric: true },
        { name: 'Binds', numeric: true },
      ],
      rows: lines.flatMap((line) =>
        thin(line.points, Math.floor(TABLE_ROWS / lines.length)).map(([x, y]) => [
          line.name,
          Number(x.toPrecision(4)),
          y ?? 0,
        ]),
      ),
    },
  };
}

function spanOf(arm: ArmSeries): number {
  return (arm.binds.at(-1)?.t ?? arm.begin) - arm.begin;
}

/** Every n-th point, and the last. */
function thin<T>(points: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.ceil(points.length / Math.max(1, count)));
  return points.filter((_, at) => at === points.length - 1 || at % step === 0);
}
