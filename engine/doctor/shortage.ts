import { thousands } from '../model/words.ts';
import type { HostLook } from './host-look.ts';
import { looksLikeLeak } from './oddities.ts';
import { optionUse } from './option-use.ts';
import type { Topic } from './powershell.ts';
import type { PoolState } from './pool-state.ts';
import { nameOf, processWords } from './process-words.ts';
import type { Holding } from './tally.ts';

/** Why a pool is short of numbers, and what helps. */
export interface Shortage {
  /** The rest of a sentence, with its full stop. */
  readonly text: string;
  readonly topic: Topic;
}

/** Who holds this share of what is used is the cause. */
const MAIN = 0.25;
/** This share of a process's connections go to one endpoint: then that is where they go. */
const ONE_ENDPOINT = 0.5;

/**
 * What takes up a pool, by the first rule that holds: TIME_WAIT · one process (a leak, one endpoint,
 * many endpoints, UDP) · the lab · exclusions · nobody in particular.
 */
export function shortage(look: HostLook, pool: PoolState): Shortage {
  const used = pool.used ?? 0;
  const top = pool.holdings.find(({ pid }) => pid !== 0);
  if (pool.waiting > 0 && pool.waiting >= (top === undefined ? 0 : top.ports - top.waiting)) {
    if (pool.waiting >= used * MAIN) return waiting(pool);
  }
  if (top !== undefined && top.ports >= used * MAIN) return ofProcess(look, pool, top);
  if (pool.labPorts > used / 2) {
    return {
      text: `the lab itself holds ${thousands(pool.labPorts)} of them; portlab stop releases them.`,
      topic: { kind: 'overview' },
    };
  }
  const { range, total, protocol, family } = pool;
  if (range !== null && total !== null && total < range.count / 2) {
    return {
      text: `exclusions take ${thousands(range.count - total)} of the ${thousands(range.count)} numbers; see which of them are needed.`,
      topic: { kind: 'exclusions', protocol, family },
    };
  }
  const most =
    top === undefined ? '' : `, ${processWords(look, top.pid)} most with ${thousands(top.ports)}`;
  return {
    text: `no single process is the cause${most}; a wider dynamic range is what helps all of them.`,
    topic: { kind: 'overview' },
  };
}

function waiting(pool: PoolState): Shortage {
  const remotes = new Map<string, number>();
  for (const { state, remote } of pool.sockets) {
    if (state === 'time-wait' && remote !== null)
      remotes.set(remote, (remotes.get(remote) ?? 0) + 1);
  }
  const [most] = [...remotes].toSorted(([, a], [, b]) => b - a);
  const where = most === undefined ? '' : `, ${thousands(most[1])} of them to ${most[0]}`;
  return {
    text: `${thousands(pool.waiting)} numbers wait in TIME_WAIT${where}: connections are opened and closed faster than TIME_WAIT ends; let the application reuse them.`,
    topic: { kind: 'time-wait', remote: most?.[0] ?? null },
  };
}

function ofProcess(look: HostLook, pool: PoolState, top: Holding): Shortage {
  const { pid, ports, boundOnly, remote, toRemote } = top;
  const { protocol, title } = pool;
  const who = processWords(look, pid);
  const topic: Topic = {
    kind: 'process',
    pid,
    protocol,
    remote: toRemote > 0 ? remote : null,
  };
  if (protocol === 'udp') {
    const dns = /^dns(\.exe)?$/i.test(nameOf(look, pid));
    return {
      text: dns
        ? `${who} holds ${thousands(ports)} of them, the socket pool of DNS Server among them; make that smaller (dnscmd /Config /SocketPoolSize) or the range wider.`
        : `${who} holds ${thousands(ports)} of them; see what it does with so many, and restart it.`,
      topic,
    };
  }
  if (looksLikeLeak(top, 1)) {
    return {
      text: `${who} holds ${thousands(ports)} of them, ${thousands(boundOnly)} bound and not connected, which looks like a leak; restart it, and more addresses will not help.`,
      topic,
    };
  }
  const uses = optionUse(pool, look.host.autoReuseRange).find((use) => use.pid === pid);
  const oneEndpoint = toRemote >= ports * ONE_ENDPOINT;
  const where = oneEndpoint
    ? `, ${thousands(toRemote)} to one endpoint, ${remote}`
    : remote === ''
      ? ''
      : `, its connections going to ${remote}`;
  const holds = `${who} holds ${thousands(ports)} of them${where}`;
  if (uses !== undefined) {
    return {
      text: `${holds}; it appears to use SO_PORT_SCALABILITY (confidence ${uses.confidence}), so another address would give it more while applications without the option stay without: restart it, or cap it below the range.`,
      topic,
    };
  }
  if (oneEndpoint) {
    return {
      text: `${holds}; more addresses will not help: there is no sign that it sets SO_PORT_SCALABILITY, so all addresses share one range, and towards one endpoint SO_REUSE_UNICASTPORT shares nothing; restart it, and let it reuse its connections.`,
      topic,
    };
  }
  return {
    text: `${holds}; more addresses will not help while it binds without SO_PORT_SCALABILITY: restart it, and for good widen the ${title} range or set an auto-reuse range for SO_REUSE_UNICASTPORT.`,
    topic,
  };
}
