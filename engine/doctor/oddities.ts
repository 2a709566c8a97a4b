import { DEFAULT_DYNAMIC_RANGE, lastPort, usableCount } from '../model/port-range.ts';
import { poolOf } from '../model/protocol.ts';
import { count, percent, thousands } from '../model/words.ts';
import type { HostLook } from './host-look.ts';
import { optionUse } from './option-use.ts';
import type { PoolState } from './pool-state.ts';
import { nameOf, processWords } from './process-words.ts';
import type { Topic } from './powershell.ts';

/** Something known to cause trouble, or worth knowing before it does. */
export interface Oddity {
  /** What there is, without a full stop. */
  readonly what: string;
  /** What to do, without a full stop. */
  readonly todo: string;
  /** A warning becomes the advice where nothing worse is found. */
  readonly warning: boolean;
  /** What to look at with PowerShell. */
  readonly topic: Topic;
}

/** Blocks of this size are how WinNAT takes ports (docker/for-win issue 3171). */
const NAT_BLOCK = 100;
/** Share of the range that exclusions may take without a warning. */
const EATEN = 0.05;
/** DNS Server's socket pool is 2,500 by default (KB956188). */
const DNS_POOL = 2_000;
/** "TCP/IP port exhaustion troubleshooting", Microsoft: "more than 10,000" is typical when out of ports. */
const MANY_HANDLES = 10_000;
/** Bound-only sockets of one process: so many are no coincidence; so many are a warning. */
const SOME_BOUND = 100;
const MANY_BOUND = 1_000;

/** Everything odd about the host, warnings first. */
export function oddities(look: HostLook, pools: readonly PoolState[]): Oddity[] {
  const found = [
    ...pools.flatMap((pool) => boundOnly(look, pool)),
    ...exclusions(look, pools),
    ...ranges(pools),
    ...pools.flatMap((pool) => optionUsers(look, pool)),
    ...dnsServer(look, pools),
    ...handles(look, pools),
    ...autoReuse(look),
  ];
  return found.toSorted((a, b) => Number(b.warning) - Number(a.warning));
}

/** Every UDP socket is bound only: nothing follows from that. */
function boundOnly(look: HostLook, { protocol, title, holdings }: PoolState): Oddity[] {
  if (protocol === 'udp') return [];
  return holdings
    .filter((holding) => looksLikeLeak(holding, SOME_BOUND))
    .map(({ pid, ports, boundOnly: bound }) => ({
      what: `${processWords(look, pid)} holds ${count(bound, `${title} port`)} bound and not connected, of ${thousands(ports)}: a leak looks like this, for a number stays BOUND until its handle is closed`,
      todo: 'see whether the figure grows; update or restart that program',
      warning: bound >= MANY_BOUND,
      topic: { kind: 'process', pid, protocol, remote: null },
    }));
}

export function looksLikeLeak(
  { pid, ports, boundOnly: bound }: { pid: number; ports: number; boundOnly: number },
  least: number,
): boolean {
  return pid !== 0 && bound >= least && bound * 2 > ports;
}

/** What exclusions take of pools that are alike in it. */
interface Eaten {
  readonly titles: string[];
  readonly eaten: number;
  readonly of: number;
  /** Blocks of 100 that no administrator made. */
  readonly blocks: number;
  readonly topic: Topic;
}

/** Blocks of 100 as WinNAT takes them, and exclusions that eat much of a range. */
function exclusions(look: HostLook, pools: readonly PoolState[]): Oddity[] {
  return [...eatenRanges(look, pools).values()].flatMap(({ titles, eaten, of, blocks, topic }) => {
    const warning = eaten > of * EATEN;
    if (blocks === 0 && !warning) return [];
    const share = `exclusions take ${thousands(eaten)} of ${thousands(of)} numbers of the ${titles.join(', ')} range (${percent(eaten / of)})`;
    if (blocks === 0) {
      const todo = 'check whether all of them are still needed';
      return { what: share, todo, warning, topic };
    }
    return {
      what: `${share}, with ${count(blocks, 'block')} of 100 among them: WinNAT takes such ones for Hyper-V, containers and WSL, elsewhere after each start`,
      todo: 'exclude what services need before WinNAT does (netsh add excludedportrange while it is stopped), or move the dynamic range',
      warning,
      topic,
    };
  });
}

function eatenRanges({ host }: HostLook, pools: readonly PoolState[]): Map<string, Eaten> {
  const alike = new Map<string, Eaten>();
  for (const { protocol, family, title, range } of pools) {
    if (range === null || host.excludedRanges === null) continue;
    const inside = host.excludedRanges.filter(
      (one) =>
        poolOf(one.protocol, one.family) === poolOf(protocol, family) &&
        one.start <= lastPort(range) &&
        lastPort(one) >= range.start,
    );
    const eaten = range.count - usableCount(range, inside);
    const blocks = inside.filter((one) => one.count === NAT_BLOCK && !one.administered).length;
    const key = `${eaten}/${range.count}/${blocks}`;
    const known = alike.get(key);
    if (known !== undefined) known.titles.push(title);
    else {
      const topic = { kind: 'exclusions', protocol, family } as const;
      alike.set(key, { titles: [title], eaten, of: range.count, blocks, topic });
    }
  }
  return alike;
}

/** A range that was moved down (as Exchange's set-up does) or made smaller, said once for alike pools. */
function ranges(pools: readonly PoolState[]): Oddity[] {
  const alike = new Map<string, PoolState[]>();
  for (const pool of pools) {
    if (pool.range === null) continue;
    const key = `${pool.range.start}+${pool.range.count}`;
    alike.set(key, [...(alike.get(key) ?? []), pool]);
  }
  return [...alike.values()].flatMap((group) => {
    const [{ range, protocol, family } = { range: null }] = group;
    if (range === null || protocol === undefined || family === undefined) return [];
    const titles = group.map(({ title }) => title).join(', ');
    const topic = { kind: 'range', protocol, family } as const;
    if (range.count < DEFAULT_DYNAMIC_RANGE.count) {
      return {
        what: `the dynamic range of ${titles} has ${count(range.count, 'port')}, fewer than the default ${thousands(DEFAULT_DYNAMIC_RANGE.count)}`,
        todo: 'find out who made it smaller, and why, before widening it',
        warning: range.count < DEFAULT_DYNAMIC_RANGE.count / 2,
        topic,
      };
    }
    if (range.start >= DEFAULT_DYNAMIC_RANGE.start) return [];
    return {
      what: `the dynamic range of ${titles} was moved: it begins at ${range.start} (Exchange's set-up and some guides do that), so outgoing connections may take the number of a service before it starts`,
      todo: 'exclude the numbers of services that lie in it (netsh add excludedportrange)',
      warning: false,
      topic,
    };
  });
}

function optionUsers(look: HostLook, pool: PoolState): Oddity[] {
  return optionUse(pool, look.host.autoReuseRange).map(
    ({ pid, shared, addresses, confidence }) => ({
      what: `${processWords(look, pid)} appears to use SO_PORT_SCALABILITY (confidence ${confidence}): it holds ${count(shared, `${pool.title} number`)} on two or more of ${count(addresses, 'address')} at once; a pool of explicit binds looks the same`,
      todo: 'if it does, keep an eye on "free on all": every number it holds is lost to option-less applications',
      warning: false,
      topic: { kind: 'process', pid, protocol: pool.protocol, remote: null },
    }),
  );
}

function dnsServer(look: HostLook, pools: readonly PoolState[]): Oddity[] {
  return pools
    .filter(({ protocol }) => protocol === 'udp')
    .flatMap(({ title, holdings }) =>
      holdings
        .filter(({ pid, ports }) => ports >= DNS_POOL && /^dns(\.exe)?$/i.test(nameOf(look, pid)))
        .map(({ pid, ports }) => ({
          what: `${processWords(look, pid)} holds ${count(ports, `${title} port`)}: the socket pool of DNS Server, 2,500 by default`,
          todo: 'leave it, unless UDP runs short: then dnscmd /Info /SocketPoolSize tells its size',
          warning: false,
          topic: { kind: 'process', pid, protocol: 'udp', remote: null } as const,
        })),
    );
}

function handles(look: HostLook, pools: readonly PoolState[]): Oddity[] {
  const pids = new Set(pools.flatMap(({ holdings }) => holdings.map(({ pid }) => pid)));
  return [...pids].flatMap((pid) => {
    const open = look.handles?.get(pid) ?? 0;
    if (pid === 0 || open < MANY_HANDLES) return [];
    return {
      what: `${processWords(look, pid)} has ${count(open, 'handle')} open: more than 10,000 are typical of what exhausts ports`,
      todo: 'see whether the figure grows',
      warning: false,
      topic: { kind: 'process', pid, protocol: 'tcp', remote: null } as const,
    };
  });
}

function autoReuse({ host: { autoReuseRange } }: HostLook): Oddity[] {
  if (autoReuseRange === null || autoReuseRange.count > 0) return [];
  return [
    {
      what: 'no auto-reuse range is set, so SO_REUSE_UNICASTPORT, which Microsoft prefers to SO_PORT_SCALABILITY, gains nothing here',
      todo: 'set one with Set-NetTCPSetting and restart the server, if an application sets that option',
      warning: false,
      topic: { kind: 'range', protocol: 'tcp', family: 'ipv4' },
    },
  ];
}
