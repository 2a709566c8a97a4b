import { sharingRules } from '../allocator/sharing-rules.ts';
import type { Assumptions } from '../profile/assumptions.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { portCount } from './free-ranges.ts';
import { legacySupply } from './legacy-supply.ts';
import { AddressPools } from './plan-addresses.ts';
import { usablePorts, usableWithOption, type PlannedHost } from './planned-host.ts';
import { leftBetween, NO_GROWTH, poolEach, type Growth, type Left, type Supply } from './supply.ts';

/** Wildcard ports with SO_PORT_SCALABILITY, on specific addresses (PS-2, PS-7). */
export function optionSupply(host: PlannedHost, profile: ResolvedProfile): Supply {
  const { assumptions } = profile;
  const rules = sharingRules(assumptions, 'tcp', 'ipv4');
  const usable = portCount(usablePorts(host));
  const legacy = { ...legacySupply(host, profile), strategy: 'port-scalability' as const };
  if (assumptions.A1 === 'refused') {
    return {
      ...legacy,
      each: 0,
      without: { how: 'unusable', because: 'A1' },
      ...NO_GROWTH,
      left: () => ({ min: usable, max: usable }),
    };
  }
  if (!rules.optionWorks) return { ...legacy, without: { how: 'as-legacy', because: 'A1' } };
  const each = portCount(usableWithOption(host, profile));
  const grouped = rules.allAddressesShare ? null : new AddressPools(profile);
  return {
    ...legacy,
    each,
    ...(grouped === null ? poolEach(each) : poolEachGroup(grouped, each)),
    left: (held, addresses) => {
      const pools = grouped === null ? addresses : grouped.of(addresses);
      return leftByPick(assumptions, { usable, each, held, pools });
    },
  };
}

function poolEachGroup(pools: AddressPools, size: number): Growth {
  return {
    at: (addresses) => pools.of(addresses) * size,
    needed: (capacity) =>
      size === 0 ? null : pools.addressesFor(Math.max(1, Math.ceil(capacity / size))),
  };
}

interface Taken {
  readonly usable: number;
  readonly each: number;
  readonly held: number;
  readonly pools: number;
}

/**
 * What is left to option-less sockets (PS-4): it rests on whether binds prefer numbers that other
 * addresses hold, which no document says (A19, A20).
 */
function leftByPick(assumptions: Assumptions, { usable, each, held, pools }: Taken): Left {
  // Numbers that only the option may have (A29) are no loss to the others.
  const beyond = each - usable;
  const most = Math.min(usable, leftBetween(each, held, pools).max);
  const least = leftBetween(usable, held, pools).min;
  const pick = assumptions.A20 === 'none' ? assumptions.A19 : assumptions.A20;
  // Held through the option is no loss to a socket on another address, but to one on all of them.
  if (assumptions.A3 === 'allowed') return { min: least, max: usable };
  if (beyond === 0 && pick === 'pack') return { min: most, max: most };
  if (beyond === 0 && pick === 'spread') return { min: least, max: least };
  if (pick !== 'random' || each === 0) return { min: least, max: most };
  // Each pool holds a random choice of its numbers, one independent of the other.
  const freeOnOne = Math.max(0, 1 - held / Math.max(1, pools) / each);
  return { min: Math.min(most, Math.floor(usable * freeOnOne ** pools)), max: most };
}
