import type { ExcludedRange, PortRange } from '../model/port-range.ts';
import { usableCount } from '../model/port-range.ts';
import type { Pool, Protocol } from '../model/protocol.ts';
import { poolOf } from '../model/protocol.ts';
import type { Assumptions } from './assumptions.ts';

export interface ProfileAddress {
  /** As `parseAddress` spells it. */
  readonly address: string;
  /** Addresses of one adapter have one name; matters for A28 only. */
  readonly adapter: string;
}

/** Ports another application holds on the modelled host: `start` to `start + count - 1`. */
export interface ProfileHolder extends PortRange {
  readonly protocol: Protocol;
  /** As `parseAddress` spells it; the wildcard address is one of these too. */
  readonly address: string;
  readonly kind: 'legacy' | 'option' | 'explicit';
  readonly mode: 'default' | 'reuse' | 'exclusive';
}

/** Other applications that bind to wildcard ports and go away again, at random times. */
export interface ProfileChurn {
  readonly protocol: Protocol;
  readonly address: string;
  /** Sockets a second, on average. */
  readonly perSecond: number;
  /** How long each holds its port, on average, seconds. */
  readonly holdSeconds: number;
  readonly kind: 'legacy' | 'option';
}

/** Who may name a port somebody holds, as measured: rows as in the allocator's tables. */
export interface ProfileMatrix {
  readonly rows: readonly [string, string, string, string, string, string];
  readonly onAnyAddress: boolean;
}

/** A modelled host, complete: what a profile file says merged over its base. Plain data. */
export interface ResolvedProfile {
  readonly name: string;
  /** The shipped profile whose values stand where a file set none; its own name where it is one. */
  readonly base: string;
  readonly addresses: readonly ProfileAddress[];
  readonly dynamicRanges: Readonly<Record<Pool, PortRange>>;
  readonly excludedRanges: readonly ExcludedRange[];
  /** Count 0: no range, SO_REUSE_UNICASTPORT changes nothing. */
  readonly autoReuseRange: PortRange;
  readonly assumptions: Assumptions;
  /** Where it is measured: stands over the assumption `bindMatrix`. */
  readonly bindMatrix?: Readonly<Partial<Record<Protocol, ProfileMatrix>>>;
  readonly holders: readonly ProfileHolder[];
  readonly churn: readonly ProfileChurn[];
}

export function exclusionsOf(profile: ResolvedProfile, pool: Pool): ExcludedRange[] {
  return profile.excludedRanges.filter((range) => poolOf(range.protocol, range.family) === pool);
}

/**
 * How many numbers wildcard-port binds of a pool can ever get on one address: the range less
 * exclusions, and less the auto-reuse range (TCP only) where that is kept out (A26).
 */
export function usablePorts(profile: ResolvedProfile, pool: Pool): number {
  const { dynamicRanges, autoReuseRange, assumptions } = profile;
  const keptOut = assumptions.A26 === 'kept-out' && (pool === 'tcp4' || pool === 'tcp6');
  const barred: readonly PortRange[] = exclusionsOf(profile, pool);
  return usableCount(dynamicRanges[pool], keptOut ? [...barred, autoReuseRange] : barred);
}
