import { STRATEGIES, STRATEGY_TITLE, type Strategy } from '../../model/strategy.ts';
import { AT_ONCE_WORDS, CONNECTION_WORDS, TIME_WAIT_WORDS } from './connection-words.ts';
import { PLAN_WORDS } from './plan-words.ts';
import { SWEEP_WORDS } from './sweep-words.ts';

/**
 * What a figure is. `speed`: how fast calls were made, which a model has by convention only · `wait`:
 * time on the host's clock, which a model reckons too · `code` and `port` name something, so that no
 * difference can be taken of them.
 */
export type MeasureKind = 'count' | 'ratio' | 'speed' | 'wait' | 'code' | 'port';

export interface MeasureMeaning {
  readonly words: string;
  /** '' for counts, codes and ports. */
  readonly unit: string;
  /** A recorded value times this is in the unit. */
  readonly scale: number;
  readonly kind: MeasureKind;
}

/** Whose figure it is, and the name of what it is. */
export interface MeasureName {
  /** Null where it is of the run as a whole. */
  readonly strategy: Strategy | null;
  /** The arm's place, where several share the strategy. */
  readonly arm: number | null;
  /** Without what names the arm: `bindP95Ns`. */
  readonly rest: string;
}

const counted = (words: string): MeasureMeaning => ({ words, unit: '', scale: 1, kind: 'count' });
const answered = (words: string): MeasureMeaning => ({ words, unit: '', scale: 1, kind: 'code' });
const fromNs = (words: string): MeasureMeaning => ({
  words,
  unit: 'µs',
  scale: 1e-3,
  kind: 'speed',
});

const MEANINGS: Readonly<Record<string, MeasureMeaning>> = {
  bound: counted('Ports bound'),
  overlap: counted('Port numbers held on two or more addresses at once'),
  seconds: { words: 'Time the arm took', unit: 's', scale: 1, kind: 'speed' },
  hits: counted('Held numbers that came up again on the other address'),
  swept: counted('Ports bound and closed while sweeping'),
  coverage: { words: 'Share of the range that was seen', unit: '%', scale: 100, kind: 'ratio' },
  multiplier: {
    words: 'Ports with the option, per port without',
    unit: '×',
    scale: 1,
    kind: 'ratio',
  },
  bindsPerSecond: { words: 'Successful binds', unit: '1/s', scale: 1, kind: 'speed' },
  connectionsPerSecond: { words: 'Connections made', unit: '1/s', scale: 1, kind: 'speed' },
  bindP50Ns: fromNs('Bind latency, median'),
  bindP95Ns: fromNs('Bind latency, 95th percentile'),
  bindP99Ns: fromNs('Bind latency, 99th percentile'),
  bindMaxNs: fromNs('Bind latency, longest'),
  'killed.freedMs': {
    words: 'Until a killed process’s ports were free',
    unit: 'ms',
    scale: 1,
    kind: 'speed',
  },
  'starved.seconds': {
    words: 'Time the range was full',
    unit: 's',
    scale: 1,
    kind: 'speed',
  },
  'recovery.seconds': {
    words: 'Until option-less sockets got ports again',
    unit: 's',
    scale: 1,
    kind: 'wait',
  },
  'timeWait.seconds': {
    words: 'How long a closed connection keeps its port',
    unit: 's',
    scale: 1,
    kind: 'wait',
  },
  timeWait: counted('Connections left in TIME_WAIT'),
  'timeWait.pairs': counted('Sockets of each group'),
  'guard.ports': counted('Port numbers the guard process held meanwhile'),
  steps: counted('Steps run'),
  expectationsMet: counted('Expectations met'),
  expectations: counted('Expectations of the script'),
  wrongFamily: answered('Answer to a bind to an address of the other family'),
  ...Object.fromEntries(
    [...SWEEP_WORDS, ...CONNECTION_WORDS, ...AT_ONCE_WORDS, ...PLAN_WORDS].map(([name, words]) => [
      name,
      name.endsWith('.code') ? answered(words) : counted(words),
    ]),
  ),
  ...Object.fromEntries(
    TIME_WAIT_WORDS.map(([name, words]) => [name, { words, unit: 's', scale: 1, kind: 'wait' }]),
  ),
};

/** Longest first: `port-scalability-2` begins with `port-scalability`, and no name with another's. */
const PREFIX = new RegExp(`^(${STRATEGIES.join('|')})(?:-(\\d+))?\\.(.+)$`);

/** What the experiments answer with a Windows Sockets code, or 0. */
const CODES = /(?:^|\.)(?:code|set|read|listen|step\.\d+)$|^(?:tcp|udp)\..+\..+$/;
const PORTS = /(?:^|\.)port(?:\.\d+)?$/;

export function measureName(name: string): MeasureName {
  const [, strategy = null, arm, rest = name] = PREFIX.exec(name) ?? [];
  return { strategy: strategy as Strategy | null, arm: arm === undefined ? null : +arm, rest };
}

/** `Port scalability`, `Legacy (no option), arm 3`, `Whole run`. */
export function measureOwner({ strategy, arm }: MeasureName): string {
  const title = strategy === null ? 'Whole run' : STRATEGY_TITLE[strategy];
  return arm === null ? title : `${title}, arm ${arm}`;
}

/** A measure the lab has no words for keeps its name. @param rest as in `MeasureName` */
export function measureMeaning(rest: string): MeasureMeaning {
  if (Object.hasOwn(MEANINGS, rest)) return MEANINGS[rest] ?? counted(rest);
  const kind = CODES.test(rest) ? 'code' : PORTS.test(rest) ? 'port' : 'count';
  return { words: rest, unit: '', scale: 1, kind };
}
