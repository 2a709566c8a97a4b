import type { ExcludedRange, PortRange } from '../model/port-range.ts';
import { usableCount } from '../model/port-range.ts';
import type { Pool } from '../model/protocol.ts';
import { poolOf } from '../model/protocol.ts';
import type { Assumptions } from './assumptions.ts';

export interface ProfileAddress {
  /** As `parseAddress` spells it. */
  readonly address: string;
  /** Addresses of one adapter have one name; matters for A28 only. */
  readonly adapter: string;
}

/** A modelled host, complete: what a profile file says merged over its base. Plain data. */
export interface ResolvedProfile {
  readonly name: string;
  readonly addresses: readonly ProfileAddress[];
  readonly dynamicRanges: Readonly<Record<Pool, PortRange>>;
  readonly excludedRanges: readonly ExcludedRange[];
  /** Count 0: no range, SO_REUSE_UNICASTPORT changes nothing. */
  readonly autoReuseRange: PortRange;
  readonly assumptions: Assumptions;
}

export function exclusionsOf(profile: ResolvedProfile, pool: Pool): ExcludedRange[] {
  return profile.excludedRanges.filter((range) => poolOf(range.protocol, range.family) === pool);
}

/** How many numbers wildcard-port binds of a pool can ever get on one address: range less exclusions. */
export function usablePorts(profile: ResolvedProfile, pool: Pool): number {
  return usableCount(profile.dynamicRanges[pool], exclusionsOf(profile, pool));
}
