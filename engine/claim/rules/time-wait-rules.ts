import type { Assumptions } from '../../profile/assumptions.ts';
import { OPEN_QUESTIONS } from '../../profile/open-questions.ts';
import { describeCode } from '../../model/winsock-error.ts';
import { count } from '../../model/words.ts';
import type { Evidence } from '../evidence.ts';
import type { Answered, ExperimentRules } from '../experiment-rules.ts';
import type { Tries } from './connect-reuse-evidence.ts';
import type { Back, TimeWaitEvidence } from './time-wait-evidence.ts';

type OfTimeWait = Evidence<'time-wait'>;

/**
 * How ports after a close are read. What TIME_WAIT keeps shows by the difference between ports this
 * side closed first and ports the peer closed first; a few that others took meanwhile don't count.
 */
export const TIME_WAIT_RULES: ExperimentRules<'time-wait'> = {
  claims: {},
  answers: ({ own }) => [...scope(own), ...closeWithoutConnect(own), ...length(own)],
  sentence,
};

/** Of ports: free on the whole, or taken on the whole. Between these, others may have been at work. */
const FREE = 0.6;
const TAKEN = 0.1;
/** A value of the switch fits when it lies within the looks before and after, give or take, seconds. */
const TOLERANCE = 1;
/**
 * And when a timer of that value may still not have gone off at the look before: timers run late,
 * never early. Linux's, and so Wine's, by an eighth at most (kernel/time/timer.c: a level of its
 * wheel is eight times as coarse as the one below).
 */
const LATE = 9 / 8;
/** Looks further apart than this tell no value from another, seconds. */
const WIDEST = 20;

type Scope = Assumptions['timeWaitScope'] | 'none';

function free({ tried, succeeded }: Tries): boolean {
  return tried > 0 && succeeded >= tried * FREE;
}

function taken({ tried, succeeded }: Tries): boolean {
  return tried > 0 && succeeded <= tried * TAKEN;
}

/** For whom a port in TIME_WAIT is taken; `none` where nothing was; null where that is not clear. */
function scopeOf({ explicit, wildcard, again }: TimeWaitEvidence): Scope | null {
  if (!free(explicit.closedThere)) return null;
  if (taken(explicit.closedHere)) return 'port';
  if (!free(explicit.closedHere) || wildcard === null) return null;
  const { closedHere, closedThere } = wildcard.met;
  if (!free(closedThere)) return null;
  if (closedHere.succeeded === 0) return 'wildcard-port';
  if (!free(closedHere) || !free(again.reset)) return null;
  if (taken(again.closedHere) && again.codes.length > 0) return 'tuple';
  return free(again.closedHere) ? 'none' : null;
}

function of({ tried, succeeded }: Tries): string {
  return `${succeeded} of ${tried}`;
}

function scope(own: TimeWaitEvidence): Answered[] {
  const value = scopeOf(own);
  if (value === null || value === 'none') return [];
  return [{ id: 'timeWaitScope', value, because: scopeWords(value, own) }];
}

function scopeWords(value: Exclude<Scope, 'none'>, own: TimeWaitEvidence): string {
  const { explicit, wildcard, again } = own;
  if (value === 'port') {
    return `right after the close ${of(explicit.closedHere)} ports could be bound by name where this side closed first, ${of(explicit.closedThere)} where the other side did`;
  }
  if (value === 'wildcard-port') {
    return `${of(explicit.closedHere)} ports could be bound by name at once, but wildcard binds gave none of them, and ${of(wildcard!.met.closedThere)} of those the other side closed first`;
  }
  return `ports were given again at once, but the same connection was refused with ${describeCode(again.codes[0] ?? 0)}; after a reset ${of(again.reset)} could be made again`;
}

/** A22: what a bound socket that never connected leaves. */
function closeWithoutConnect({ explicit, wildcard, ...own }: TimeWaitEvidence): Answered[] {
  if (!free(explicit.closedThere)) return [];
  if (taken(explicit.boundOnly)) {
    return [
      {
        id: 'A22',
        value: 'time-wait',
        because: `right after the close of bound sockets that never connected ${of(explicit.boundOnly)} ports could be bound by name`,
      },
    ];
  }
  if (!free(explicit.boundOnly)) return [];
  const byName = scopeOf({ explicit, wildcard, ...own }) === 'port';
  const met = wildcard?.met.boundOnly;
  if (!byName && (met === undefined || met.succeeded < met.tried / 2)) return [];
  return [
    {
      id: 'A22',
      value: 'at-once',
      because: `${of(explicit.boundOnly)} ports of bound sockets that never connected could be bound again right after the close`,
    },
  ];
}

/** How long, for those it is taken for. */
function backOf(own: TimeWaitEvidence): Back | null {
  const value = scopeOf(own);
  if (value === null || value === 'none') return null;
  const { explicit, wildcard, again } = own.back;
  return { port: explicit, 'wildcard-port': wildcard, tuple: again }[value];
}

function length(own: TimeWaitEvidence): Answered[] {
  if (scopeOf(own) === 'none') {
    return [
      {
        id: 'A21',
        value: '0',
        because:
          'right after the close the ports were given again, by name and by wildcard binds, and the same connections could be made',
      },
    ];
  }
  const back = backOf(own);
  if (back?.freeAt === null || back === null || back.freeAt - back.takenAt > WIDEST) return [];
  const { takenAt, freeAt } = back;
  const fitting = OPEN_QUESTIONS.A21.values.filter(
    (one) => Number(one) * LATE >= takenAt - TOLERANCE && Number(one) <= freeAt + TOLERANCE,
  );
  const [value] = fitting;
  if (value === undefined || fitting.length > 1 || value === '0') return [];
  return [
    {
      id: 'A21',
      value,
      because: `still taken ${seconds(takenAt)} after the close, free at ${seconds(freeAt)} (the middle one of ${count(back.ports, 'port')})`,
    },
  ];
}

function seconds(value: number): string {
  return `${Number(value.toFixed(1))} s`;
}

const TAKEN_FOR: Readonly<Record<Assumptions['timeWaitScope'], string>> = {
  port: 'stays taken',
  'wildcard-port': 'is kept from wildcard binds (not from binds that name it)',
  tuple: 'is free again at once, but can’t repeat the same connection',
};

function sentence({ own }: OfTimeWait): string {
  const value = scopeOf(own);
  if (value === null) {
    return (
      `not settled: right after the close ${of(own.explicit.closedHere)} ports could be bound by name where this side closed first, ` +
      `${of(own.explicit.closedThere)} where the other did; other programs may have taken some, repeat it when the host is quieter.`
    );
  }
  if (value === 'none') {
    return 'nothing is left after a connection that this side closed first: its port and the same connection were free at once.';
  }
  const back = backOf(own);
  const how =
    back === null
      ? 'for a time that was not seen to end'
      : back.freeAt === null
        ? `for more than ${seconds(back.takenAt)}, as long as the run looked`
        : `for ${seconds(back.freeAt)} at most (still so at ${seconds(back.takenAt)})`;
  return `after a connection that this side closed first its port ${TAKEN_FOR[value]} ${how}; where the other side closed first it is free at once.`;
}
