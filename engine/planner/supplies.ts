import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { legacySupply, widerSupply } from './legacy-supply.ts';
import { optionSupply } from './option-supply.ts';
import type { PlanDocument, PlanHost } from './plan-document.ts';
import { placedHost } from './planned-host.ts';
import { poolSupply } from './pool-supply.ts';
import type { Supply } from './supply.ts';
import { unicastSupply } from './unicast-supply.ts';

/** A question, as every part of its answer needs it. */
export interface Situation {
  readonly need: PlanDocument['need'];
  readonly host: PlanHost;
  readonly profile: ResolvedProfile;
}

/** What every strategy gives on this host. */
export function suppliesOf({ need, host, profile }: Situation): Supply[] {
  const placed = placedHost(host, profile);
  const room = { capacity: need.capacity, atHand: host.addresses };
  return [
    legacySupply(placed, profile),
    widerSupply(placed, profile),
    optionSupply(placed, profile),
    unicastSupply(placed, profile, need, room),
    poolSupply(placed, profile, room),
  ];
}
