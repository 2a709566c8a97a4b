import type { HeldSocket, HostLook, PoolLook } from '#engine/doctor/host-look.ts';
import { POOLS, type Pool } from '#engine/model/protocol.ts';

/** Small enough to be filled in a test: 1,000 numbers. */
export const RANGE = { start: 50_000, count: 1_000 };

export const W3WP = 4_312;
export const NAMES: ReadonlyMap<number, string> = new Map([
  [W3WP, 'w3wp.exe'],
  [7, 'lsass.exe'],
  [53, 'dns.exe'],
]);

const EMPTY: PoolLook = { held: [], before: null, after: null, established: null, barred: [] };

/** A quiet server: every source answers, nobody holds anything. Ranges are the sample's own. */
export function look(
  sockets: Partial<Record<Pool, readonly HeldSocket[]>> = {},
  more: Partial<HostLook> = {},
): HostLook {
  const pools = Object.fromEntries(
    POOLS.map((pool) => [pool, { ...EMPTY, held: sockets[pool] ?? [] }]),
  ) as Record<Pool, PoolLook>;
  return {
    basis: 'measured',
    host: {
      hostname: 'SAMPLE-1',
      os: { name: 'Windows Server 2022', build: '10.0.20348', productType: 'server' },
      wine: null,
      dynamicRanges: { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE },
      excludedRanges: [],
      autoReuseRange: { start: 0, count: 0 },
    },
    profile: null,
    pools,
    names: NAMES,
    handles: null,
    events: [],
    ownPids: [],
    readAt: '2026-01-02T03:04:05.000Z',
    tookMs: 1_200,
    ...more,
  };
}

/** One socket on 10.0.0.4, listening unless it has a remote end. */
export function held(port: number, more: Partial<HeldSocket> = {}): HeldSocket {
  const { remote = null, local = `10.0.0.4:${port}` } = more;
  const state = remote === null ? 'listening' : 'connected';
  return { port, pid: W3WP, state, ...more, local, remote };
}

/** `count` sockets alike, on consecutive numbers of the range from `from` on. */
export function many(count: number, from: number, more: Partial<HeldSocket> = {}): HeldSocket[] {
  return Array.from({ length: count }, (_, index) => held(RANGE.start + from + index, more));
}

export function withHost(more: Partial<HostLook['host']>, base: HostLook = look()): HostLook {
  return { ...base, host: { ...base.host, ...more } };
}
