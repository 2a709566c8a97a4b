import type { BarChart, BarRow } from './chart-spec.ts';
import {
  basisOf,
  basisSubtitle,
  comparedArms,
  letterOf,
  type ComparedRun,
} from './compared-run.ts';
import { formatNumber } from './format.ts';
import { segmentsOf } from './ports-per-address-chart.ts';
import { keepsWhatItBinds } from './run-range.ts';
import { STRATEGY_STYLE } from './strategy-style.ts';

/** Ports bound by every run, arm by arm on one axis, stacked by address. Null where no arms match. */
export function comparedPortsChart(runs: readonly ComparedRun[]): BarChart | null {
  const arms = comparedArms(runs);
  if (arms.length === 0) return null;
  const kept = runs.every(({ document }) => keepsWhatItBinds(document));
  const entries = arms.flatMap(({ strategy, name, of }) =>
    of.map(({ run, arm }) => ({ strategy, name, run, arm })),
  );
  const rows = entries.map(({ strategy, name, run, arm }): BarRow => ({
    key: strategy,
    name: `${letterOf(run)}  ${name.replace(/:.*$/, '')}`,
    short: `${letterOf(run)} ${STRATEGY_STYLE[strategy].letter}`,
    basis: basisOf(run),
    segments: segmentsOf(arm),
    label: { figure: formatNumber(arm.bound), words: '' },
  }));
  const what = kept ? 'ports' : 'binds';
  return {
    kind: 'bar',
    id: 'compared-ports',
    title: kept ? 'Ports bound, by address' : 'Successful binds, by address',
    subtitle: basisSubtitle(runs),
    description: `Horizontal bars, a run each. ${entries
      .map(({ name, run, arm }) => `${letterOf(run)}, ${name}: ${formatNumber(arm.bound)}`)
      .join('; ')}.`,
    basis: basisOf(runs[0] as ComparedRun),
    x: {
      name: `${what}, a segment an address`,
      unit: '',
      max: Math.max(...entries.map(({ arm }) => arm.bound)),
    },
    rows,
    references: [],
    table: {
      columns: [
        { name: 'Run', numeric: false },
        { name: 'Arm', numeric: false },
        { name: kept ? 'Ports' : 'Binds', numeric: true },
        { name: 'Addresses', numeric: true },
        { name: 'Least on one', numeric: true },
        { name: 'Most on one', numeric: true },
      ],
      rows: entries.map(({ name, run, arm }) => {
        const counts = Object.values(arm.perAddress);
        const some = counts.length > 0;
        return [
          letterOf(run),
          name,
          arm.bound,
          counts.length,
          some ? Math.min(...counts) : '–',
          some ? Math.max(...counts) : '–',
        ];
      }),
    },
  };
}
