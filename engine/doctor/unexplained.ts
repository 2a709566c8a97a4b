import { POOLS } from '../model/protocol.ts';
import { type HeldSocket, type HostLook, socketsOf } from './host-look.ts';

/**
 * How many local port numbers are taken without an explanation: numbers no running program claims, and
 * numbers one source counts and the other doesn't. Where only the system's table could be read, its
 * statistics stand in for the other: connections these count and the table lacks.
 * @returns null where no source told anything
 */
export function unexplained(look: HostLook): number | null {
  let found: number | null = null;
  for (const pool of POOLS) {
    const one = look.pools[pool];
    const sockets = socketsOf(one);
    if (sockets === null) continue;
    const numbers = new Set(ownerless(sockets, look.names));
    const { held, before, after, established } = one;
    if (held !== null && before !== null && after !== null) {
      for (const port of differing(held, before, after, pool.startsWith('udp'))) numbers.add(port);
    }
    const beyond =
      held !== null || established === null ? 0 : established.counted - established.listed;
    found = (found ?? 0) + numbers.size + Math.max(0, beyond);
  }
  return found;
}

/** Numbers whose sockets have no owner that runs; nobody owns what waits in TIME_WAIT, and that is as it should be. */
function ownerless(
  sockets: readonly HeldSocket[],
  names: ReadonlyMap<number, string> | null,
): number[] {
  return sockets
    .filter(
      ({ pid, state }) =>
        state !== 'time-wait' && (pid === 0 || (names !== null && !names.has(pid))),
    )
    .map(({ port }) => port);
}

/**
 * What the table had before and after, the list must have too; what the list has, the table must have
 * had before or after, bound-only TCP sockets aside, which it never lists.
 */
function differing(
  held: readonly HeldSocket[],
  before: readonly HeldSocket[],
  after: readonly HeldSocket[],
  udp: boolean,
): Set<number> {
  const [listed, first, last] = [held, before, after].map(
    (sockets) => new Set(sockets.map(({ port }) => port)),
  ) as [Set<number>, Set<number>, Set<number>];
  const missing = new Set([...first].filter((port) => last.has(port) && !listed.has(port)));
  for (const { port, state } of held) {
    const visible = udp || (state !== 'bound' && state !== 'unknown');
    if (visible && !first.has(port) && !last.has(port)) missing.add(port);
  }
  return missing;
}

/** Sockets looked at. */
export function socketsSeen({ pools }: HostLook): number {
  return POOLS.reduce((sum, pool) => {
    return sum + (socketsOf(pools[pool])?.length ?? 0);
  }, 0);
}
