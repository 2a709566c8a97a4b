import type { PortRange } from '../model/port-range.ts';
import type { AssumptionId } from '../profile/assumptions.ts';
import type { PlanStrategy, PlanWish } from './plan-document.ts';
import type { PlannedHost } from './planned-host.ts';

/** What a strategy gives on one host, as figures; the load goes evenly to the remotes. */
export interface Supply {
  readonly strategy: PlanStrategy;
  /** The host as it would be with it: its ranges as they are, or as proposed. */
  readonly host: PlannedHost;
  /** Numbers it draws on that are not the dynamic range's; null where it draws on that. */
  readonly block: PortRange | null;
  /** The block is a proposal: the host doesn't have it yet. */
  readonly proposed: boolean;
  /** How many numbers one address gives, towards one remote where these share. */
  readonly each: number;
  /** The strategy can't be used, or does nothing: which switch says so. */
  readonly without: Without | null;
  /** Connections, or ports held, that this many addresses carry at most. */
  at(addresses: number): number;
  /** Fewest addresses that carry this much; null where no number is enough. */
  needed(capacity: number): number | null;
  /** Numbers free on all addresses when so much is held. */
  left(held: number, addresses: number): Left;
}

export interface Left {
  readonly min: number;
  readonly max: number;
}

export interface Without {
  /** `unusable`: its sockets fail; `as-legacy`: they are as those without the option. */
  readonly how: 'unusable' | 'as-legacy';
  readonly because: AssumptionId | 'no room';
}

/** How addresses multiply what one gives. */
export type Growth = Pick<Supply, 'at' | 'needed'>;

/** All addresses together have one pool (PS-1). */
export function onePool(size: number): Growth {
  return {
    at: (addresses) => (addresses > 0 ? size : 0),
    needed: (capacity) => (capacity <= size ? 1 : null),
  };
}

/** Each address has its own pool. */
export function poolEach(size: number): Growth {
  return {
    at: (addresses) => addresses * size,
    needed: (capacity) => (size > 0 ? Math.max(1, Math.ceil(capacity / size)) : null),
  };
}

/** Each address has its own pool towards each remote. */
export function poolEachRemote(size: number, { remotes }: Pick<PlanWish, 'remotes'>): Growth {
  const each = poolEach(size);
  return {
    at: (addresses) => addresses * size * remotes,
    // Evenly: the busiest remote has one more where the share is no whole number.
    needed: (capacity) => each.needed(Math.ceil(capacity / remotes)),
  };
}

/** Nothing at all. */
export const NO_GROWTH: Growth = { at: () => 0, needed: () => null };

/**
 * Numbers left of `usable` when `held` sockets hold them on several pools, whatever is picked: at most
 * each socket has one of its own, at least the pools hold the same ones.
 */
export function leftBetween(usable: number, held: number, pools: number): Left {
  return {
    min: Math.max(0, usable - held),
    max: Math.max(0, usable - Math.ceil(held / Math.max(1, pools))),
  };
}
