import { poolOf } from '../model/protocol.ts';
import { count, thousands } from '../model/words.ts';
import type { Severity, TcpipEvent } from './doctor-document.ts';
import { type HostLook, socketsOf } from './host-look.ts';
import type { Oddity } from './oddities.ts';
import type { Topic } from './powershell.ts';
import { type PoolState, freeShare, tightest } from './pool-state.ts';
import { processWords } from './process-words.ts';
import { shortage } from './shortage.ts';

export interface Advice {
  readonly severity: Severity;
  /** One sentence. */
  readonly text: string;
  /** What to look at with PowerShell. */
  readonly topic: Topic;
}

/** Share free on all addresses: as good as none, and not many. Judgement: an admin has little time left then. */
export const OUT = 0.01;
export const LOW = 0.1;

const EXHAUSTED_EVENTS = [4231, 4266];
const REUSED_TOO_SOON = 4227;

/**
 * The one sentence, by the first rule that holds, worst first: out of ports · nearly out · ran out
 * lately · numbers used again too soon · the sources don't tell · a warning among the oddities · well.
 */
export function advise(
  look: HostLook,
  pools: readonly PoolState[],
  oddities: readonly Oddity[],
): Advice {
  const least = tightest(pools);
  const share = least === undefined ? null : freeShare(least);
  if (least !== undefined && share !== null && share <= LOW) {
    const { text, topic } = shortage(look, least);
    return {
      severity: share <= OUT ? 'out' : 'low',
      text: `${headOf(least, share)}: ${text}`,
      topic,
    };
  }
  return (
    ranOut(look, least) ??
    usedTooSoon(look) ??
    dontKnow(look, pools) ??
    warning(oddities) ??
    well(look, pools, oddities)
  );
}

function headOf(pool: PoolState, share: number): string {
  const { title, total, freeOnAll } = pool;
  const left = `${thousands(freeOnAll ?? 0)} of ${thousands(total ?? 0)} free on all addresses`;
  return `${share <= OUT ? 'Out of' : 'Nearly out of'} ${title} ports (${left})`;
}

function ranOut({ events }: HostLook, least: PoolState | undefined): Advice | null {
  const found = (events ?? []).filter(({ id }) => EXHAUSTED_EVENTS.includes(id));
  const [last] = found;
  if (last === undefined) return null;
  const now =
    least === undefined || least.freeOnAll === null
      ? 'how many are free now is unknown'
      : `${thousands(least.freeOnAll)} are free now`;
  return {
    severity: 'attention',
    text: `Ran out of ${last.id === 4266 ? 'UDP' : 'TCP'} ports at ${timeOf(last)} (event ${last.id}, ${timesOf(found.length)}), though ${now}: who held them then is no longer to be seen; let portlab watch run, so that the next time is recorded.`,
    topic: { kind: 'events' },
  };
}

function usedTooSoon({ events }: HostLook): Advice | null {
  const found = (events ?? []).filter(({ id }) => id === REUSED_TOO_SOON);
  const [last] = found;
  if (last === undefined) return null;
  return {
    severity: 'attention',
    text: `Connections failed because their local port was used again to the same endpoint while in TIME_WAIT (event 4227, ${timesOf(found.length)}, last at ${timeOf(last)}): let the application reuse its connections.`,
    topic: { kind: 'time-wait', remote: null },
  };
}

function timeOf({ at }: TcpipEvent): string {
  return `${at.slice(11, 16)} UTC`;
}

/** The log is read no further than 50 events. */
function timesOf(found: number): string {
  const times = found >= 50 ? '50 times or more' : found === 1 ? 'once' : `${found} times`;
  return `${times} in 24 h`;
}

/** One pool that nobody could tell of is enough: it may be the one that is short. */
function dontKnow(look: HostLook, pools: readonly PoolState[]): Advice | null {
  const silent = pools.filter(({ freeOnAll }) => freeOnAll === null);
  if (silent.length === 0) return null;
  const which = silent.length === pools.length ? '' : `${titlesOf(silent)} `;
  const reasons = [
    ...(silent.some(({ range }) => range === null)
      ? ['the dynamic port range could not be read']
      : []),
    ...(silent.some(
      ({ protocol, family }) => socketsOf(look.pools[poolOf(protocol, family)]) === null,
    )
      ? ['who holds ports could not be read']
      : []),
  ];
  const { known, topic } = whatIsSeen(look, pools);
  return {
    severity: 'unknown',
    text: `I don't know how many ${which}ports are left, because ${reasons.join(' and ')}${known}.`,
    topic,
  };
}

/** The process that holds most, where headroom can't be told. */
function whatIsSeen(look: HostLook, pools: readonly PoolState[]): { known: string; topic: Topic } {
  const [top] = pools
    .flatMap(({ title, protocol, holdings }) =>
      holdings.map((holding) => ({ ...holding, title, protocol })),
    )
    .filter(({ pid }) => pid !== 0)
    .toSorted((a, b) => b.ports - a.ports);
  if (top === undefined) return { known: '', topic: { kind: 'overview' } };
  const { pid, ports, title, protocol } = top;
  return {
    known: `; all there is to see is that ${processWords(look, pid)} holds most, ${count(ports, `${title} port`)}`,
    topic: { kind: 'process', pid, protocol, remote: null },
  };
}

function warning(oddities: readonly Oddity[]): Advice | null {
  const found = oddities.find((oddity) => oddity.warning);
  if (found === undefined) return null;
  const { what, todo, topic } = found;
  return {
    severity: 'attention',
    text: `Ports are left, but ${what}: ${todo}.`,
    topic,
  };
}

function well(look: HostLook, pools: readonly PoolState[], oddities: readonly Oddity[]): Advice {
  const least = tightest(pools);
  const figures = `${thousands(least?.freeOnAll ?? 0)} of ${thousands(least?.total ?? 0)} ${least?.title ?? ''} ports are free on all addresses, and no pool has a smaller share left`;
  const blind = pools.filter(
    ({ protocol, family }) =>
      protocol === 'tcp' && look.pools[poolOf(protocol, family)].held === null,
  );
  const but = blind.length === 0 ? '' : ` (bound-only sockets of ${titlesOf(blind)} not counted)`;
  const odd = oddities.length === 1 ? 'one oddity' : `${oddities.length} oddities`;
  const see = oddities.length === 0 ? '' : `; ${odd} below`;
  return {
    severity: 'well',
    text: `All is well: ${figures}${but}${see}.`,
    topic: { kind: 'overview' },
  };
}

function titlesOf(pools: readonly PoolState[]): string {
  return pools.map(({ title }) => title).join(', ');
}
