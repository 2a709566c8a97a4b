import { LabError } from '../model/lab-error.ts';
import { count, thousands } from '../model/words.ts';

/**
 * What a run may take at most. The reserve is a count of port numbers that stay free on *all*
 * addresses, because a number held with the option on any one of them is lost to option-less
 * applications (PS-4).
 */
export interface SafetyLimits {
  /** May go below the reserve. */
  readonly exhaustive: boolean;
  /** Numbers to keep free on all addresses; null where the range is unknown. */
  readonly reserve: number | null;
  /** Numbers free on all addresses before the run; null where the range is unknown. */
  readonly freeOnAll: number | null;
  /** Sockets held at once, at most. */
  readonly maxSockets: number;
  /** The run's own time, seconds. */
  readonly maxSeconds: number;
}

/** What an admin asked for: a number, or a share of the range. */
export type ReserveWish =
  | { readonly kind: 'number'; readonly ports: number }
  | { readonly kind: 'percent'; readonly percent: number };

/** Kept free unless the admin says otherwise: with several addresses even 80 % held on each leaves almost nothing free on all. */
export const DEFAULT_RESERVE: ReserveWish = { kind: 'percent', percent: 80 };

/** Sockets at once where the range is unknown, so that no reserve can be kept. */
export const MAX_SOCKETS_UNKNOWN_RANGE = 2_000;
/** Sockets at once otherwise: above four full addresses (258,044). */
export const MAX_SOCKETS = 300_000;
/** The simulated stack costs memory only. */
export const MAX_SOCKETS_SIMULATED = 20_000_000;
export const MAX_SECONDS = 120;

/** Longest a stack call may take before the lab looks up again, ns. */
export const SLICE_NS = 20e6;

export interface LimitWishes {
  readonly reserve: ReserveWish | undefined;
  readonly maxSockets: number | undefined;
  readonly maxSeconds: number | undefined;
  readonly exhaustive: boolean;
}

/**
 * Turns wishes into limits for one pool.
 * @param usable numbers a wildcard bind may get at all; null where the range is unknown
 * @param freeOnAll of these, how many nobody holds on any address; null where unknown
 * @throws LabError (refused) for a share of an unknown range, or a reserve above what is free
 */
export function resolveLimits(
  wishes: LimitWishes,
  usable: number | null,
  freeOnAll: number | null,
  simulated: boolean,
): SafetyLimits {
  const common = {
    exhaustive: wishes.exhaustive,
    maxSeconds: wishes.maxSeconds ?? MAX_SECONDS,
    freeOnAll,
  };
  if (usable === null || freeOnAll === null) {
    if (wishes.reserve?.kind === 'percent') {
      throw new LabError(
        'refused',
        `--reserve ${wishes.reserve.percent}%: the dynamic port range of this host is unknown, so a share of it means nothing`,
        'limit the sockets instead: --max-sockets N',
      );
    }
    const unbounded = wishes.exhaustive ? MAX_SOCKETS : MAX_SOCKETS_UNKNOWN_RANGE;
    return {
      ...common,
      reserve: wishes.reserve === undefined ? null : wishes.reserve.ports,
      maxSockets: wishes.maxSockets ?? unbounded,
    };
  }
  const wish = wishes.reserve ?? DEFAULT_RESERVE;
  const reserve = wish.kind === 'number' ? wish.ports : Math.ceil((usable * wish.percent) / 100);
  if (reserve > freeOnAll) {
    throw new LabError(
      'refused',
      `the reserve of ${count(reserve, 'port')} is more than the ${thousands(freeOnAll)} that are free on all addresses now`,
      `ask for a smaller one: --reserve N, below ${thousands(freeOnAll)}`,
    );
  }
  return {
    ...common,
    reserve,
    maxSockets: wishes.maxSockets ?? (simulated ? MAX_SOCKETS_SIMULATED : MAX_SOCKETS),
  };
}

/**
 * Whether a run within these limits may leave option-less applications without a port: because it was
 * asked to, or because where the reserve is can't be known. Such a run announces when it does.
 */
export function mayStarve({ exhaustive, freeOnAll }: SafetyLimits): boolean {
  return exhaustive || freeOnAll === null;
}

/** Why no further socket may be bound, or how many may. */
export type Room =
  | { readonly sockets: number }
  | { readonly limit: 'reserve' | 'max-sockets' | 'max-seconds' };

/**
 * How many more sockets may be bound now. Each can take at most one number from what is free on all,
 * so the count is safe whatever numbers the host picks.
 * @param held sockets held now; @param union numbers held on at least one address now
 */
export function roomLeft(limits: SafetyLimits, held: number, union: number, nowNs: number): Room {
  if (nowNs >= limits.maxSeconds * 1e9) return { limit: 'max-seconds' };
  if (held >= limits.maxSockets) return { limit: 'max-sockets' };
  const sockets = limits.maxSockets - held;
  if (limits.exhaustive || limits.freeOnAll === null || limits.reserve === null) return { sockets };
  const aboveReserve = limits.freeOnAll - limits.reserve - union;
  if (aboveReserve <= 0) return { limit: 'reserve' };
  return { sockets: Math.min(sockets, aboveReserve) };
}

/** Sockets a safe experiment may hold at once: it never goes below the reserve, whatever was allowed. */
export function safeRoom(limits: SafetyLimits): number {
  const room = roomLeft({ ...limits, exhaustive: false }, 0, 0, 0);
  return 'limit' in room ? 0 : room.sockets;
}
