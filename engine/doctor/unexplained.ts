import { POOLS } from '../model/protocol.ts';
import type { HeldSocket, HostLook, PoolLook } from './host-look.ts';

/**
 * How many local port numbers one source counts and the other doesn't: ports somebody holds whom no
 * tool names, or a source that is wrong. Where only the system's table could be read, its statistics
 * stand in: connections these count and the table lacks.
 * @returns null where there was nothing to compare with
 */
export function unexplained(look: HostLook): number | null {
  let found: number | null = null;
  for (const pool of POOLS) {
    const differing = differenceOf(look.pools[pool], pool.startsWith('udp'));
    if (differing !== null) found = (found ?? 0) + differing;
  }
  return found;
}

function differenceOf({ held, before, after, established }: PoolLook, udp: boolean): number | null {
  if (held !== null && before !== null && after !== null) {
    return missingIn(held, before, after, udp);
  }
  return established === null ? null : Math.max(0, established.counted - established.listed);
}

/**
 * What the table had before and after, the list must have too; what the list has, the table must have
 * had before or after, bound-only TCP sockets aside, which it never lists.
 */
function missingIn(
  held: readonly HeldSocket[],
  before: readonly HeldSocket[],
  after: readonly HeldSocket[],
  udp: boolean,
): number {
  const [listed, first, last] = [held, before, after].map(
    (sockets) => new Set(sockets.map(({ port }) => port)),
  ) as [Set<number>, Set<number>, Set<number>];
  const missing = new Set([...first].filter((port) => last.has(port) && !listed.has(port)));
  for (const { port, state } of held) {
    const visible = udp || (state !== 'bound' && state !== 'unknown');
    if (visible && !first.has(port) && !last.has(port)) missing.add(port);
  }
  return missing.size;
}

/** Sockets looked at. */
export function socketsSeen({ pools }: HostLook): number {
  return POOLS.reduce((sum, pool) => {
    const { held, after, before } = pools[pool];
    return sum + (held ?? after ?? before ?? []).length;
  }, 0);
}
