import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { proposedBlock } from './blocks.ts';
import { portCount } from './free-ranges.ts';
import { usablePorts, type PlannedHost } from './planned-host.ts';
import { NO_GROWTH, onePool, poolEach, type Supply } from './supply.ts';

/**
 * Numbers the application chooses itself, by explicit binds from a block outside the dynamic range:
 * each serves once an address.
 * @param capacity what must be carried. @param atHand addresses
 */
export function poolSupply(
  host: PlannedHost,
  profile: ResolvedProfile,
  { capacity, atHand }: { readonly capacity: number; readonly atHand: number },
): Supply {
  const usable = portCount(usablePorts(host));
  // Measured so of some host: no table that ships says it of TCP.
  const oneForAll = profile.bindMatrix?.tcp?.onAnyAddress ?? false;
  const common = {
    strategy: 'port-pool' as const,
    host,
    proposed: true,
    left: () => ({ min: usable, max: usable }),
  };
  const block = proposedBlock(
    host,
    Number.POSITIVE_INFINITY,
    Math.ceil(capacity / Math.max(1, atHand)),
  );
  if (block === null) {
    return {
      ...common,
      block,
      each: 0,
      without: { how: 'unusable', because: 'no room' },
      ...NO_GROWTH,
    };
  }
  return {
    ...common,
    block,
    each: block.count,
    without: null,
    ...(oneForAll ? onePool(block.count) : poolEach(block.count)),
  };
}
