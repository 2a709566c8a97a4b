import { MAX_PORT, type PortRange, contains, usableCount } from '../model/port-range.ts';
import { FAMILIES, PROTOCOLS, poolOf, type Family, type Protocol } from '../model/protocol.ts';
import { type HeldSocket, type HostLook, socketsOf } from './host-look.ts';
import { type Holding, tally } from './tally.ts';

/** One pool of the host, reckoned up. */
export interface PoolState {
  readonly protocol: Protocol;
  readonly family: Family;
  /** `TCP IPv4`. */
  readonly title: string;
  readonly range: PortRange | null;
  /** As in HeadroomRow. */
  readonly total: number | null;
  readonly used: number | null;
  readonly freeOnAll: number | null;
  /**
   * Without the lab's own processes, most ports first; of all numbers where the range is unknown. PID 0
   * may have two: TIME_WAIT, and what has no owner.
   */
  readonly holdings: readonly Holding[];
  /** Others' sockets on numbers of the range, of all numbers where it is unknown. */
  readonly sockets: readonly HeldSocket[];
  /** Numbers of the range that nothing but TIME_WAIT holds. */
  readonly waiting: number;
  /** Ports the lab itself holds. */
  readonly labPorts: number;
}

const ALL_PORTS: PortRange = { start: 1, count: MAX_PORT };

/** The four pools, in the order they are always shown. */
export function poolStates(look: HostLook): PoolState[] {
  return PROTOCOLS.flatMap((protocol) =>
    FAMILIES.map((family) => poolState(look, protocol, family)),
  );
}

function poolState(look: HostLook, protocol: Protocol, family: Family): PoolState {
  const pool = poolOf(protocol, family);
  const range = look.host.dynamicRanges[pool];
  const barred = look.pools[pool].barred ?? [];
  const all = socketsOf(look.pools[pool]);
  const own = new Set(look.ownPids);
  const sockets: HeldSocket[] = [];
  const lab = new Set<number>();
  /** Numbers that count as used, and whether anything but TIME_WAIT holds them. */
  const used = new Map<number, boolean>();
  for (const socket of all ?? []) {
    const { port, pid, state } = socket;
    if (!contains(range ?? ALL_PORTS, port)) continue;
    if (own.has(pid)) lab.add(port);
    else sockets.push(socket);
    used.set(port, (used.get(port) ?? false) || state !== 'time-wait');
  }
  for (const part of barred) {
    for (const port of used.keys()) if (contains(part, port)) used.delete(port);
  }
  const total = range === null ? null : usableCount(range, barred);
  const inUse = range === null || all === null ? null : used.size;
  return {
    protocol,
    family,
    title: `${protocol.toUpperCase()} ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`,
    range,
    total,
    used: inUse,
    freeOnAll: total === null || inUse === null ? null : total - inUse,
    holdings: holdingsOf(sockets, range ?? ALL_PORTS),
    sockets,
    waiting: [...used.values()].filter((held) => !held).length,
    labPorts: lab.size,
  };
}

/** Nobody owns what waits in TIME_WAIT; what has no owner otherwise is another matter. */
function holdingsOf(sockets: readonly HeldSocket[], range: PortRange): Holding[] {
  const isWaiting = ({ pid, state }: HeldSocket): boolean => pid === 0 && state === 'time-wait';
  const owned = tally(
    sockets.filter((socket) => !isWaiting(socket)),
    range,
  );
  return [...owned, ...tally(sockets.filter(isWaiting), range)].toSorted(
    (a, b) => b.ports - a.ports || a.pid - b.pid,
  );
}

/** Numbers free on all addresses as a share of all: 0 to 1; null where unknown. An empty range is full. */
export function freeShare({ total, freeOnAll }: PoolState): number | null {
  if (total === null || freeOnAll === null) return null;
  return total === 0 ? 0 : freeOnAll / total;
}

/** The pool with the smallest share left; undefined where no pool's is known. */
export function tightest(pools: readonly PoolState[]): PoolState | undefined {
  let found: PoolState | undefined;
  let least = Infinity;
  for (const pool of pools) {
    const share = freeShare(pool);
    if (share === null || share >= least) continue;
    least = share;
    found = pool;
  }
  return found;
}
