import type { HostFacts } from '../model/host-facts.ts';
import type { PortRange } from '../model/port-range.ts';
import type { Pool } from '../model/protocol.ts';
import type { Basis } from '../run/run-document.ts';
import type { TcpipEvent } from './doctor-document.ts';

/** A socket that holds a local port, as some source lists it. */
export interface HeldSocket {
  readonly port: number;
  /** 0 where no program owns the socket any more. */
  readonly pid: number;
  /**
   * `bound` is neither listening nor connected; every UDP socket is. `unknown` has no remote endpoint,
   * and may listen or not.
   */
  readonly state: 'listening' | 'connected' | 'time-wait' | 'bound' | 'unknown';
  /** `address:port`, IPv6 addresses in brackets. */
  readonly local: string;
  /** Null where there is no other end. */
  readonly remote: string | null;
}

/** One pool as the sources tell it; each is null where it told nothing. */
export interface PoolLook {
  /** Bound-only sockets included. */
  readonly held: readonly HeldSocket[] | null;
  /**
   * The system's own table, which lists no bound-only TCP socket, read once before and once after
   * `held`: so that what came or went in between is not taken for a difference.
   */
  readonly before: readonly HeldSocket[] | null;
  readonly after: readonly HeldSocket[] | null;
  /** Established TCP connections by the system's statistics, and in its table; null for UDP. */
  readonly established: { readonly counted: number; readonly listed: number } | null;
  /** What no wildcard-port bind gets; null where that is unknown. */
  readonly barred: readonly PortRange[] | null;
}

/** One look at a host. Plain data: real hosts and modelled ones give the same. */
export interface HostLook {
  readonly basis: Basis;
  readonly host: Pick<
    HostFacts,
    'hostname' | 'os' | 'wine' | 'dynamicRanges' | 'autoReuseRange'
  > & {
    readonly excludedRanges: HostFacts['excludedRanges'];
  };
  /** The modelled host's profile, or null. */
  readonly profile: string | null;
  readonly pools: Readonly<Record<Pool, PoolLook>>;
  /** Program names by PID; null where unknown. */
  readonly names: ReadonlyMap<number, string> | null;
  /** Handles open by PID; null where unknown. */
  readonly handles: ReadonlyMap<number, number> | null;
  /** Of the last 24 hours, newest first; null where the log could not be read. */
  readonly events: readonly TcpipEvent[] | null;
  /** The lab's own processes: no cause of anything. */
  readonly ownPids: readonly number[];
  /** ISO 8601 UTC. */
  readonly readAt: string;
  readonly tookMs: number;
}

/** The best list of a pool's sockets there is. */
export function socketsOf({ held, after, before }: PoolLook): readonly HeldSocket[] | null {
  return held ?? after ?? before;
}
