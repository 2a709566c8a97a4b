import { sharingRules } from '../allocator/sharing-rules.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { portCount } from './free-ranges.ts';
import { usablePorts, withWidestRange, type PlannedHost } from './planned-host.ts';
import { leftBetween, onePool, poolEach, type Supply } from './supply.ts';

/** Wildcard ports without any option. */
export function legacySupply(host: PlannedHost, profile: ResolvedProfile): Supply {
  const size = portCount(usablePorts(host));
  const { legacyPerAddress } = sharingRules(profile.assumptions, 'tcp', 'ipv4');
  return {
    strategy: 'legacy',
    host,
    block: null,
    proposed: false,
    each: size,
    without: null,
    ...(legacyPerAddress ? poolEach(size) : onePool(size)),
    left: (held, addresses) => leftBetween(size, held, legacyPerAddress ? addresses : 1),
  };
}

/** The same over the widest dynamic range Windows takes. */
export function widerSupply(host: PlannedHost, profile: ResolvedProfile): Supply {
  return { ...legacySupply(withWidestRange(host), profile), strategy: 'wider-range' };
}
