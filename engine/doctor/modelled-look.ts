import { PortAllocator } from '../allocator/port-allocator.ts';
import { Random } from '../allocator/random.ts';
import { parseAddress } from '../model/address.ts';
import type { PortRange } from '../model/port-range.ts';
import { POOLS, poolOf, type Pool, type Protocol } from '../model/protocol.ts';
import { exclusionsOf, type ResolvedProfile } from '../profile/resolved-profile.ts';
import { HostChurn } from '../stack/host-churn.ts';
import { HostClock } from '../stack/host-clock.ts';
import { type OtherHolder, occupyPort } from '../stack/other-holder.ts';
import type { HeldSocket, HostLook, PoolLook } from './host-look.ts';

/** A modelled host at some moment of its virtual time. */
export interface ModelledLooker {
  /** Lets other applications come and go. @param seconds >= 0 */
  advance(seconds: number): void;
  look(readAt: string): HostLook;
}

/** Random streams of a run's seed that the other applications have; see modelled-host.ts. */
const CHURN_STREAM = 16;

/**
 * The modelled applications by how they come to their ports: a profile knows no processes, so each way
 * is one. PIDs are made up.
 */
const APPLICATIONS = {
  explicit: { pid: 1001, name: 'modelled: names its ports' },
  legacy: { pid: 1002, name: 'modelled: without the option' },
  option: { pid: 1003, name: 'modelled: with the option' },
} as const;
const NAMES: ReadonlyMap<number, string> = new Map(
  Object.values(APPLICATIONS).map(({ pid, name }) => [pid, name]),
);

/**
 * A host as a profile describes it, for rehearsal: its other applications hold what they hold, and come
 * and go by the profile's own clock.
 * @throws RangeError for an application on an address the host lacks
 */
export function modelledLooker(profile: ResolvedProfile, seed: number): ModelledLooker {
  const addresses = profile.addresses.map(({ address }) => address);
  const allocator = new PortAllocator(profile, addresses, seed);
  const clock = new HostClock();
  const stay: Placed[] = [];
  for (const { start, count, ...holder } of profile.holders) {
    for (let port = start; port < start + count; port++) {
      if (occupyPort(allocator, { ...holder, port }) === 0) stay.push({ ...holder, port });
    }
  }
  const streams = profile.churn.map((one, index) => {
    const churn = new HostChurn(allocator, one, clock, new Random(seed, CHURN_STREAM + index));
    clock.add(churn);
    return { one, churn };
  });
  return {
    advance(seconds) {
      clock.now += Math.round(seconds * 1e9);
      clock.settle();
    },
    look(readAt) {
      const come = streams.flatMap(({ one, churn }) =>
        churn.ports().map((port) => ({ ...one, port })),
      );
      return lookOf(profile, [...stay, ...come], readAt);
    },
  };
}

type Placed = Pick<OtherHolder, 'protocol' | 'address' | 'port' | 'kind'>;

function lookOf(profile: ResolvedProfile, placed: readonly Placed[], readAt: string): HostLook {
  const held: Record<Pool, HeldSocket[]> = { tcp4: [], tcp6: [], udp4: [], udp6: [] };
  for (const { protocol, address, port, kind } of placed) {
    const family = parseAddress(address)?.family ?? 'ipv4';
    held[poolOf(protocol, family)].push({
      port,
      pid: APPLICATIONS[kind].pid,
      state: stateOf(protocol, kind),
      local: family === 'ipv4' ? `${address}:${port}` : `[${address}]:${port}`,
      remote: null,
    });
  }
  const pools = Object.fromEntries(
    POOLS.map((pool) => [pool, poolLook(profile, pool, held[pool])]),
  ) as Record<Pool, PoolLook>;
  const { dynamicRanges, excludedRanges, autoReuseRange } = profile;
  return {
    basis: 'modelled',
    host: {
      hostname: profile.name,
      os: { name: `modelled host, profile ${profile.name}`, build: '', productType: null },
      wine: null,
      dynamicRanges,
      excludedRanges: [...excludedRanges],
      autoReuseRange,
    },
    profile: profile.name,
    pools,
    names: NAMES,
    handles: null,
    events: null,
    ownPids: [],
    readAt,
    tookMs: 0,
  };
}

/** A profile says how a port was come by, not what is done with it. */
function stateOf(protocol: Protocol, kind: OtherHolder['kind']): HeldSocket['state'] {
  if (protocol === 'udp') return 'bound';
  return kind === 'explicit' ? 'listening' : 'unknown';
}

function poolLook(profile: ResolvedProfile, pool: Pool, held: readonly HeldSocket[]): PoolLook {
  const { assumptions, autoReuseRange } = profile;
  const keptOut: readonly PortRange[] =
    assumptions.A26 === 'kept-out' && pool.startsWith('tcp') ? [autoReuseRange] : [];
  const barred = [...exclusionsOf(profile, pool), ...keptOut];
  return { held, before: null, after: null, established: null, barred };
}
