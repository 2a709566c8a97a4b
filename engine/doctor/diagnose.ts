import { poolOf } from '../model/protocol.ts';
import { advise } from './advice.ts';
import type { DoctorDocument, HeadroomRow, HolderRow } from './doctor-document.ts';
import type { HeadroomSample } from './headroom-sample.ts';
import type { HostLook } from './host-look.ts';
import { type Oddity, oddities } from './oddities.ts';
import { type PoolState, poolStates } from './pool-state.ts';
import { powershell } from './powershell.ts';
import { nameOf } from './process-words.ts';
import { socketsSeen, unexplained } from './unexplained.ts';

/** What one look at a host says. */
export function diagnose(look: HostLook): DoctorDocument {
  const pools = poolStates(look);
  const odd = oddities(look, pools);
  const { severity, text, topic } = advise(look, pools, odd);
  const { host } = look;
  return {
    advice: text,
    headroom: pools.map(headroomOf),
    holders: holdersOf(look, pools),
    timeWait: timeWaitOf(pools),
    events: look.events ?? [],
    oddities: odd.map(oddityText),
    unexplained: unexplained(look),
    seen: socketsSeen(look),
    severity,
    powershell: powershell(topic, look.basis),
    unknown: unknowns(look, pools),
    labPorts: pools.reduce((sum, { labPorts }) => sum + labPorts, 0),
    basis: look.basis,
    hostname: host.hostname,
    system: host.os.build === '' ? host.os.name : `${host.os.name}, build ${host.os.build}`,
    wine: host.wine,
    profile: look.profile,
    readAt: look.readAt,
    tookMs: look.tookMs,
  };
}

/** A program's name keeps its spelling. */
function oddityText({ what, todo, topic }: Oddity): string {
  const said = topic.kind === 'process' ? what : what.charAt(0).toUpperCase() + what.slice(1);
  return `${said}. Do: ${todo}.`;
}

/** The figures of one look that `watch` keeps. */
export function sampleOf(look: HostLook): HeadroomSample {
  const pools = poolStates(look);
  const [top] = holdersOf(look, pools).filter(({ pid }) => pid !== 0);
  return {
    at: look.readAt,
    hostname: look.host.hostname,
    basis: look.basis,
    profile: look.profile,
    pools: pools.map((pool) => ({ ...headroomOf(pool), timeWait: pool.waiting })),
    top:
      top === undefined
        ? null
        : {
            pid: top.pid,
            name: top.name,
            ports: top.ports,
            protocol: top.protocol,
            family: top.family,
          },
  };
}

function headroomOf({ protocol, family, total, used, freeOnAll }: PoolState): HeadroomRow {
  return { protocol, family, total, used, freeOnAll };
}

function holdersOf(look: HostLook, pools: readonly PoolState[]): HolderRow[] {
  return pools
    .flatMap(({ protocol, family, holdings }) =>
      holdings.map(({ pid, ports, boundOnly, waiting, remote, toRemote }) => ({
        pid,
        name: pid === 0 && waiting === ports ? 'TIME_WAIT' : nameOf(look, pid),
        ports,
        boundOnly,
        remote,
        toRemote,
        protocol,
        family,
        handles: look.handles?.get(pid) ?? null,
      })),
    )
    .toSorted((a, b) => b.ports - a.ports || a.pid - b.pid);
}

/** By remote endpoint; connections on numbers outside the range, a server's own, use up nothing. */
function timeWaitOf(pools: readonly PoolState[]): DoctorDocument['timeWait'] {
  const counts = new Map<string, number>();
  for (const { sockets } of pools) {
    for (const { state, remote } of sockets) {
      if (state === 'time-wait' && remote !== null) {
        counts.set(remote, (counts.get(remote) ?? 0) + 1);
      }
    }
  }
  return [...counts]
    .map(([remote, count]) => ({ remote, count }))
    .toSorted((a, b) => b.count - a.count || (a.remote < b.remote ? -1 : 1));
}

/** What could not be found out. A modelled host hides nothing, but has no programs and no log. */
function unknowns(look: HostLook, pools: readonly PoolState[]): string[] {
  if (look.basis === 'modelled') {
    return ['A modelled host has neither connections of others nor an event log.'];
  }
  const found: string[] = [];
  const titlesOf = (list: readonly PoolState[]): string =>
    list.map(({ title }) => title).join(', ');
  const noRange = pools.filter(({ range }) => range === null);
  if (noRange.length > 0) {
    found.push(
      `The dynamic port range of ${titlesOf(noRange)}: figures of holders count every port there.`,
    );
  }
  const lookOf = (pool: PoolState) => look.pools[poolOf(pool.protocol, pool.family)];
  const silent = pools.filter((pool) => {
    const { held, before, after } = lookOf(pool);
    return held === null && before === null && after === null;
  });
  if (silent.length > 0) found.push(`Who holds ports of ${titlesOf(silent)}.`);
  const blind = pools.filter(
    (pool) => pool.protocol === 'tcp' && lookOf(pool).held === null && !silent.includes(pool),
  );
  if (blind.length > 0) {
    found.push(
      `Bound-only sockets of ${titlesOf(blind)}: netstat -anoq names no owners here, and the system’s own table leaves them out, so more may be used than is shown.`,
    );
  }
  const unclear = pools.flatMap((pool) => pool.sockets).filter(({ state }) => state === 'unknown');
  if (unclear.length > 0) {
    found.push(
      `Whether ${unclear.length} sockets listen or are bound only: netstat’s words in this language are not known.`,
    );
  }
  if (look.host.excludedRanges === null) {
    found.push('Which ports are excluded: headroom is reckoned from the range alone.');
  }
  if (look.host.autoReuseRange === null) found.push('The auto-reuse range.');
  if (look.names === null) found.push('The names of the programs.');
  if (look.events === null)
    found.push('Events 4227, 4231 and 4266: the System log could not be read.');
  return found;
}
