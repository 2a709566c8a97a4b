import { parseAddress } from '../model/address.ts';
import type { HostFacts } from '../model/host-facts.ts';
import type { PortRange } from '../model/port-range.ts';
import { POOLS, type Pool } from '../model/protocol.ts';
import type { ProfileAddress, ResolvedProfile } from '../profile/resolved-profile.ts';
import type { ObservedSpan } from './observed-span.ts';

/** A profile made to stand for one real host. */
export interface HostProfile {
  readonly profile: ResolvedProfile;
  /** Pools whose range the host did not tell: the span of the numbers met stands for it. */
  readonly rangesObserved: readonly Pool[];
}

/**
 * A real host as a model of some rules: the rules and switches of `base`, the host's own ranges,
 * exclusions, addresses and adapters. What the host did not tell is as in `base`.
 * @param observed numbers the run met, for ranges the host did not tell
 */
export function profileOfHost(
  host: HostFacts,
  base: ResolvedProfile,
  observed: ObservedSpan,
): HostProfile {
  const unknown = POOLS.filter((pool) => host.dynamicRanges[pool] === null);
  const spans = host.wine === null ? observed.ranges() : onLinux(observed);
  const rangesObserved = unknown.filter((pool) => spans[pool] !== undefined);
  const dynamicRanges = Object.fromEntries(
    POOLS.map((pool) => [
      pool,
      host.dynamicRanges[pool] ?? spans[pool] ?? base.dynamicRanges[pool],
    ]),
  ) as ResolvedProfile['dynamicRanges'];
  return {
    rangesObserved,
    profile: {
      ...base,
      addresses: addressesOf(host),
      dynamicRanges,
      excludedRanges: host.excludedRanges ?? base.excludedRanges,
      autoReuseRange: host.autoReuseRange ?? base.autoReuseRange,
      // Who else holds ports was not recorded.
      holders: [],
      churn: [],
    },
  };
}

/** Below Wine, Linux keeps one range for all pools. */
function onLinux(observed: ObservedSpan): Partial<Record<Pool, PortRange>> {
  const span = observed.hull();
  if (span === null) return {};
  return Object.fromEntries(POOLS.map((pool) => [pool, span]));
}

function addressesOf({ addresses }: HostFacts): ProfileAddress[] {
  return addresses.flatMap(({ address, interface: adapter }) => {
    const parsed = parseAddress(address);
    return parsed === undefined ? [] : [{ address: parsed.text, adapter }];
  });
}
