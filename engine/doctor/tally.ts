import { type PortRange, contains } from '../model/port-range.ts';
import { count } from '../model/words.ts';
import type { HeldSocket } from './host-look.ts';

/** What one process holds of one pool. */
export interface Holding {
  readonly pid: number;
  /** Distinct numbers. */
  readonly ports: number;
  /** Of these, on how many all its sockets are bound only. */
  readonly boundOnly: number;
  /** Of these, on how many all its sockets are in TIME_WAIT. */
  readonly waiting: number;
  /** Where most of its connections go; else how many endpoints; '' without connections. */
  readonly remote: string;
  /** How many of its connections go there; 0 where `remote` is no endpoint. */
  readonly toRemote: number;
}

const OTHER = 0;
const BOUND = 1;
const WAITING = 2;

/** What is gathered of one process. */
interface Gathered {
  /** Numbers it holds, and what all its sockets on them are. */
  readonly ports: Map<number, number>;
  /** Its connections from these ports, counted by remote endpoint. */
  readonly remotes: Map<string, number>;
}

/**
 * Who holds numbers of a range, most first. A number held on several addresses, or by several sockets,
 * counts once for a holder; two processes that share it count it each.
 */
export function tally(held: readonly HeldSocket[], range: PortRange): Holding[] {
  const gathered = new Map<number, Gathered>();
  for (const { port, pid, state, remote } of held) {
    if (!contains(range, port)) continue;
    const one = gathered.get(pid) ?? { ports: new Map(), remotes: new Map() };
    gathered.set(pid, one);
    const is = state === 'bound' ? BOUND : state === 'time-wait' ? WAITING : OTHER;
    const was = one.ports.get(port);
    one.ports.set(port, was === undefined || was === is ? is : OTHER);
    if (remote !== null) one.remotes.set(remote, (one.remotes.get(remote) ?? 0) + 1);
  }
  const holdings = [...gathered].map(([pid, { ports, remotes }]) => ({
    pid,
    ports: ports.size,
    boundOnly: countOf(ports, BOUND),
    waiting: countOf(ports, WAITING),
    ...mostly(remotes),
  }));
  return holdings.toSorted((a, b) => b.ports - a.ports || a.pid - b.pid);
}

function countOf(ports: ReadonlyMap<number, number>, wanted: number): number {
  let found = 0;
  for (const is of ports.values()) if (is === wanted) found++;
  return found;
}

/** The endpoint with more connections than any other and more than a tenth of all; else how many there are. */
function mostly(remotes: ReadonlyMap<string, number>): Pick<Holding, 'remote' | 'toRemote'> {
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
  if (all === 0) return { remote: '', toRemote: 0 };
  return commonest !== null && most * 10 > all
    ? { remote: commonest, toRemote: most }
    : { remote: count(remotes.size, 'endpoint'), toRemote: 0 };
}
