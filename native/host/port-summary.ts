import type { HoldersView } from '#engine/api/views.ts';
import { tally } from '#engine/doctor/tally.ts';
import { MAX_PORT, type PortRange, contains } from '#engine/model/port-range.ts';
import type { HeldPort } from './port-holders.ts';

type KnownHolders = Extract<HoldersView, { known: true }>;
export type PortSummary = Pick<KnownHolders, 'holders' | 'inUse' | 'inUseOutside'>;

/**
 * Who holds the numbers of a dynamic range, and which numbers are held at all. A number held on
 * several addresses, or by several sockets, counts once for a holder; two processes that share it
 * count it each.
 * @param range null where it is unknown: then no number is known to be in it
 */
export function summarise(
  held: readonly HeldPort[],
  names: ReadonlyMap<number, string> | null,
  range: PortRange | null,
): PortSummary {
  const inside = new Uint8Array(MAX_PORT + 1);
  const outside = new Uint8Array(MAX_PORT + 1);
  for (const { port } of held) {
    (range === null || !contains(range, port) ? outside : inside)[port] = 1;
  }
  const holdings = range === null ? [] : tally(held, range);
  return {
    holders: holdings.map(({ pid, ports, boundOnly, remote }) => ({
      pid,
      // tasklist calls PID 0 the idle process, in the system's language: it holds no socket.
      name: pid === 0 ? '' : (names?.get(pid) ?? ''),
      ports,
      boundOnly,
      remote,
    })),
    inUse: rangesOf(inside),
    inUseOutside: rangesOf(outside),
  };
}

/** The marked numbers as inclusive ranges, ascending. */
function rangesOf(marked: Uint8Array): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  let from = marked.indexOf(1);
  while (from >= 0) {
    const end = marked.indexOf(0, from);
    ranges.push([from, end < 0 ? marked.length - 1 : end - 1]);
    from = end < 0 ? -1 : marked.indexOf(1, end);
  }
  return ranges;
}
