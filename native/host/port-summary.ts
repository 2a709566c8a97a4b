import type { HoldersView, PortHolder } from '#engine/api/views.ts';
import { MAX_PORT, type PortRange, contains } from '#engine/model/port-range.ts';
import { count } from '#engine/model/words.ts';
import type { HeldPort } from './port-holders.ts';

type KnownHolders = Extract<HoldersView, { known: true }>;
export type PortSummary = Pick<KnownHolders, 'holders' | 'inUse' | 'inUseOutside'>;

/** What is gathered of one process. */
interface Tally {
  /** Numbers it holds in the range, and whether all its sockets on them are bound only. */
  readonly ports: Map<number, boolean>;
  /** Its connections from these ports, counted by remote endpoint. */
  readonly remotes: Map<string, number>;
}

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
  const tallies = new Map<number, Tally>();
  const inside = new Uint8Array(MAX_PORT + 1);
  const outside = new Uint8Array(MAX_PORT + 1);
  for (const { port, pid, state, remote } of held) {
    if (range === null || !contains(range, port)) {
      outside[port] = 1;
      continue;
    }
    inside[port] = 1;
    const tally = tallies.get(pid) ?? { ports: new Map(), remotes: new Map() };
    tallies.set(pid, tally);
    tally.ports.set(port, state === 'bound' && (tally.ports.get(port) ?? true));
    if (remote !== null) tally.remotes.set(remote, (tally.remotes.get(remote) ?? 0) + 1);
  }
  const holders = [...tallies].map(([pid, tally]) => holderOf(pid, tally, names));
  return {
    holders: holders.toSorted((a, b) => b.ports - a.ports || a.pid - b.pid),
    inUse: rangesOf(inside),
    inUseOutside: rangesOf(outside),
  };
}

function holderOf(
  pid: number,
  { ports, remotes }: Tally,
  names: ReadonlyMap<number, string> | null,
): PortHolder {
  let boundOnly = 0;
  for (const only of ports.values()) if (only) boundOnly++;
  // tasklist calls PID 0 the idle process, in the system's language: it holds no socket.
  const name = pid === 0 ? '' : (names?.get(pid) ?? '');
  return { pid, name, ports: ports.size, boundOnly, remote: mostly(remotes) };
}

/**
 * Where most connections go: the endpoint with more of them than any other and more than a tenth of
 * all; else how many endpoints there are; '' without connections.
 */
function mostly(remotes: ReadonlyMap<string, number>): string {
  let all = 0;
  let most = 0;
  let commonest: string | null = null;
  for (const [remote, connections] of remotes) {
    all += connections;
    if (connections === most) commonest = null;
    if (connections <= most) continue;
    most = connections;
    commonest = remote;
  }
  if (all === 0) return '';
  return commonest !== null && most * 10 > all ? commonest : count(remotes.size, 'endpoint');
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
