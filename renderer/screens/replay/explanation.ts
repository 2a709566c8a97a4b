import { OP } from '#engine/event/op.ts';
import { STRATEGY_TITLE, type Strategy } from '#engine/model/strategy.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { count, duration } from '#engine/model/words.ts';
import { isFailedCall } from '#engine/replay/replay-state.ts';
import { eventWords } from '#engine/run/event-words.ts';
import type { EventRow } from '../../events/event-row.ts';
import type { RecordedOverview, ReplayFrame } from './replay-frame.ts';
import type { RunFacts } from './run-facts.ts';

/** What an arm's sockets do, by its strategy. */
const DOES: Readonly<Record<Strategy, string>> = {
  legacy:
    'Its sockets set no option: each wildcard bind takes a number that nobody holds on any address.',
  'port-scalability':
    'Its sockets set SO_PORT_SCALABILITY before bind: a number may be given once on each address.',
  'reuse-unicast':
    'Its sockets set SO_REUSE_UNICASTPORT: the number is chosen at connect, and may serve one connection to each remote end.',
  'port-pool': 'It binds numbers of a pool of its own, which it chose or reserved itself.',
};

export interface ArmWords {
  readonly strategy: Strategy | null;
  readonly name: string;
  /** What its sockets do; '' where nobody says. */
  readonly does: string;
  /** How far it is. */
  readonly phase: string;
}

/** The arm an instant lies in, and how far that is; null outside any. */
export function armWords(
  { arm, seq }: Pick<ReplayFrame, 'arm' | 'seq'>,
  overview: Pick<RecordedOverview, 'arms'>,
  arms: RunFacts['arms'],
): ArmWords | null {
  if (arm === 0) return null;
  const known = arms.find(({ index }) => index === arm);
  const moments = overview.arms.findLast(({ index, begin }) => index === arm && begin.seq <= seq);
  const reached = (moment: { readonly seq: number } | null | undefined): boolean =>
    moment !== null && moment !== undefined && moment.seq <= seq;
  const title =
    known === undefined ? `Arm ${arm}` : `Arm ${arm}, ${STRATEGY_TITLE[known.strategy]}`;
  const phase = reached(moments?.end)
    ? 'It has released everything.'
    : reached(moments?.peak)
      ? 'It has reached its peak.'
      : reached(moments?.phase)
        ? 'Its measured part has begun.'
        : 'It is binding.';
  return {
    strategy: known?.strategy ?? null,
    name: known?.label === undefined ? title : `${title}: ${known.label}`,
    does: known === undefined ? '' : DOES[known.strategy],
    phase,
  };
}

/** Whether sockets without the option may find no port now, and whether they do. */
export function windowWords({ window, canary }: ReplayFrame): string {
  const tried =
    canary.tries === 0
      ? ''
      : ` The canary has tried ${count(canary.tries, 'time')}, ${canary.failed === 0 ? 'never in vain' : `${count(canary.failed, 'time')} in vain`}.`;
  return window
    ? `It is announced that sockets without the option may find no port now.${tried}`
    : `Sockets without the option must find ports now.${tried}`;
}

/**
 * What one event means, in a sentence.
 * @param holders on how many addresses its number is held after it
 * @param timed durations are measured
 */
export function callSentence(
  row: EventRow,
  addresses: readonly string[],
  { holders, timed }: { readonly holders: number; readonly timed: boolean },
): string {
  const { call, address, port, meaning } = eventWords(row, addresses);
  const place = address === '' ? '' : ` ${address} : ${port}`;
  if (row.op === OP.mark) return `${capital(meaning)}.`;
  const took = timed ? ` It took ${duration(row.dur)}.` : '';
  if (isFailedCall(row.op, row.code)) {
    return `${call}${place} failed: ${describeCode(row.code)}${whyFailed(row)}.${took}`;
  }
  switch (row.op) {
    case OP.bind:
      return `${bindWords(row, address)}${row.port === 0 ? ' The getsockname after it tells which.' : ''}${took}`;
    case OP.getsockname:
      return row.port === 0
        ? `Socket ${row.socket} has no port.${took}`
        : `Socket ${row.socket} holds${place}.${sharedWords(holders)}${took}`;
    case OP.close:
      return row.port === 0
        ? `Socket ${row.socket} is closed; it held no port.${took}`
        : `Socket ${row.socket} is closed:${place} is given back.${took}`;
    default: {
      const what = meaning === '' ? '' : `: ${meaning}`;
      return `${call}${place}${what}.${took}`;
    }
  }
}

function bindWords({ socket, port }: EventRow, address: string): string {
  return port === 0
    ? `Socket ${socket} asks for any port on ${address} and gets one.`
    : `Socket ${socket} asks for port ${port} on ${address} and gets it.`;
}

function sharedWords(holders: number): string {
  return holders > 1 ? ` The number is held on ${count(holders, 'address')} now.` : '';
}

/** What stands behind a refusal, where the call alone tells. */
function whyFailed({ op, port }: EventRow): string {
  if (op === OP.bind) return port === 0 ? ', no number was left for this socket' : '';
  return op === OP.canary ? ', a socket without the option found no port' : '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
