import { formatNumber } from '#engine/chart/format.ts';
import { STRATEGIES, STRATEGY_TITLE, type Strategy } from '#engine/model/strategy.ts';
import type { Basis } from '#engine/run/run-document.ts';
import { AT_ONCE_WORDS, CONNECTION_WORDS, TIME_WAIT_WORDS } from './connection-words.ts';
import { SWEEP_WORDS } from './sweep-words.ts';

/** A figure of a run, for reading. */
export interface Measure {
  /** As exports and SQL name it. */
  readonly name: string;
  readonly words: string;
  /** Null where it is of the run as a whole. */
  readonly strategy: Strategy | null;
  /** `Port scalability`, `Legacy (no option), arm 3`, `Whole run`. */
  readonly of: string;
  /** In the unit beside it. */
  readonly value: number;
  readonly text: string;
  /** '' for counts. */
  readonly unit: string;
}

interface Meaning {
  readonly words: string;
  readonly unit: string;
  /** A recorded value times this is in the unit. */
  readonly scale: number;
}

const counted = (words: string): Meaning => ({ words, unit: '', scale: 1 });
const fromNs = (words: string): Meaning => ({ words, unit: 'µs', scale: 1e-3 });

const MEANINGS: Readonly<Record<string, Meaning>> = {
  bound: counted('Ports bound'),
  overlap: counted('Port numbers held on two or more addresses at once'),
  seconds: { words: 'Time the arm took', unit: 's', scale: 1 },
  hits: counted('Held numbers that came up again on the other address'),
  swept: counted('Ports bound and closed while sweeping'),
  coverage: { words: 'Share of the range that was seen', unit: '%', scale: 100 },
  multiplier: { words: 'Ports with the option, per port without', unit: '×', scale: 1 },
  bindsPerSecond: { words: 'Successful binds', unit: '1/s', scale: 1 },
  bindP50Ns: fromNs('Bind latency, median'),
  bindP95Ns: fromNs('Bind latency, 95th percentile'),
  bindP99Ns: fromNs('Bind latency, 99th percentile'),
  bindMaxNs: fromNs('Bind latency, longest'),
  'killed.freedMs': { words: 'Until a killed process’s ports were free', unit: 'ms', scale: 1 },
  'timeWait.pairs': counted('Sockets of each group'),
  'guard.ports': counted('Port numbers the guard process held meanwhile'),
  ...Object.fromEntries(
    [...SWEEP_WORDS, ...CONNECTION_WORDS, ...AT_ONCE_WORDS].map(([name, words]) => [
      name,
      counted(words),
    ]),
  ),
  ...Object.fromEntries(
    TIME_WAIT_WORDS.map(([name, words]) => [name, { words, unit: 's', scale: 1 }]),
  ),
};

/** Longest first: `port-scalability-2` begins with `port-scalability`, and no name with another's. */
const PREFIX = new RegExp(`^(${STRATEGIES.join('|')})(?:-(\\d+))?\\.(.+)$`);

/** In the order they were recorded. A measure the lab has no words for keeps its name. */
export function measuresOf(
  measures: Readonly<Record<string, number>>,
  basis: Basis,
): readonly Measure[] {
  return Object.entries(measures).map(([name, value]) => measureOf(name, value, basis));
}

function measureOf(name: string, value: number, basis: Basis): Measure {
  const [, strategy = null, arm, rest = name] = PREFIX.exec(name) ?? [];
  const meaning = MEANINGS[rest] ?? { words: rest, unit: '', scale: 1 };
  const inUnit = value * meaning.scale;
  const title = strategy === null ? 'Whole run' : STRATEGY_TITLE[strategy as Strategy];
  return {
    name,
    words: rest === 'seconds' && basis === 'modelled' ? 'Virtual time the arm took' : meaning.words,
    strategy: strategy as Strategy | null,
    of: arm === undefined ? title : `${title}, arm ${arm}`,
    value: inUnit,
    text: formatNumber(inUnit, 3),
    unit: meaning.unit,
  };
}
