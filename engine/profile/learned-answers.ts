import type { Family, Protocol } from '../model/protocol.ts';
import { DEFAULT_ASSUMPTIONS, listSwitches, type AssumptionId } from './assumptions.ts';

/** What one run says of one switch. */
export interface GivenAnswer {
  readonly run: string;
  readonly id: string;
  readonly value: string;
  readonly protocol: Protocol;
  readonly family: Family;
  readonly because: string;
}

/** A switch that runs settled. */
export interface LearnedSwitch {
  readonly id: AssumptionId;
  readonly value: string;
  /** The runs that say so. */
  readonly runs: readonly string[];
  readonly because: string;
}

/** A switch that was asked for, and stays at the base's value all the same. */
export interface LeftOpen {
  readonly id: string;
  readonly because: string;
}

export interface LearnedAnswers {
  readonly learned: readonly LearnedSwitch[];
  /** Answered, but not so that a value follows: contradictions, and values this version lacks. */
  readonly open: readonly LeftOpen[];
  /** Switches no run says anything of. */
  readonly unasked: readonly AssumptionId[];
}

/** Switches with a choice, in the order people read them. */
const SWITCHES = listSwitches(DEFAULT_ASSUMPTIONS).filter(
  (entry) => entry.id === entry.switch && entry.values.length > 1,
);

/**
 * Turns answers of several runs into switches. Only what all of them agree on is taken: a profile has
 * one value for every protocol, family and kind of addresses. PS-1 alone may differ by protocol.
 */
export function learnAnswers(given: readonly GivenAnswer[]): LearnedAnswers {
  const known = new Set<string>(SWITCHES.map(({ id }) => id));
  const learned: LearnedSwitch[] = [];
  const open: LeftOpen[] = unknownIds(given, known);
  const unasked: AssumptionId[] = [];
  for (const { switch: id, values } of SWITCHES) {
    const about = given.filter((answer) => answer.id === id);
    const found = id === 'PS-1' ? capOf(about) : agreed(id, about, values);
    if (found === null) unasked.push(id);
    else if (isLearned(found)) learned.push(found);
    else open.push(found);
  }
  return { learned, open, unasked };
}

function isLearned(found: LearnedSwitch | LeftOpen): found is LearnedSwitch {
  return 'runs' in found;
}

function agreed(
  id: AssumptionId,
  given: readonly GivenAnswer[],
  values: readonly string[],
): LearnedSwitch | LeftOpen | null {
  const [first] = given;
  if (first === undefined) return null;
  const other = given.find(({ value }) => value !== first.value);
  if (other !== undefined) {
    return { id, because: `runs contradict each other: ${said(first)}; ${said(other)}` };
  }
  if (!values.includes(first.value)) {
    return { id, because: `${first.value} is no value this version knows (${said(first)})` };
  }
  return learnedOf(id, first.value, given);
}

/** PS-1 has a value for hosts that treat TCP and UDP differently; each run tells of one of them. */
function capOf(given: readonly GivenAnswer[]): LearnedSwitch | LeftOpen | null {
  const id = 'PS-1';
  const of = (protocol: Protocol): LearnedSwitch | LeftOpen | null =>
    agreed(
      id,
      given.filter((answer) => answer.protocol === protocol),
      ['one-range', 'per-address'],
    );
  const [tcp, udp] = [of('tcp'), of('udp')];
  if (tcp !== null && !isLearned(tcp)) return tcp;
  if (udp !== null && !isLearned(udp)) return udp;
  if (tcp === null) {
    return udp === null ? null : { id, because: `only UDP was asked: ${said(given[0]!)}` };
  }
  if (udp === null || tcp.value === udp.value) {
    return udp === null && tcp.value === 'per-address'
      ? { ...tcp, because: `${tcp.because} (TCP; UDP was not asked)` }
      : learnedOf(id, tcp.value, given);
  }
  return tcp.value === 'per-address'
    ? {
        ...learnedOf(id, 'per-address-tcp', given),
        because: `TCP: ${tcp.because}; UDP: ${udp.because}`,
      }
    : {
        id,
        because: `no value stands for a host that limits TCP but not UDP: TCP: ${tcp.because}; UDP: ${udp.because}`,
      };
}

function learnedOf(id: AssumptionId, value: string, given: readonly GivenAnswer[]): LearnedSwitch {
  const runs = [...new Set(given.map(({ run }) => run))];
  return { id, value, runs, because: given[0]?.because ?? '' };
}

function unknownIds(given: readonly GivenAnswer[], known: ReadonlySet<string>): LeftOpen[] {
  const ids = [...new Set(given.map(({ id }) => id))].filter((id) => !known.has(id));
  return ids.map((id) => ({
    id,
    because: 'this version has no switch of that name with a choice',
  }));
}

function said({ run, value, protocol, because }: GivenAnswer): string {
  return `${value} over ${protocol.toUpperCase()} in run ${run} (${because})`;
}
