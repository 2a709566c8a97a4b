import type { StrategyPlan } from './plan-document.ts';
import { because } from './because.ts';
import { firstLimit } from './first-limit.ts';
import type { Situation } from './supplies.ts';
import type { Supply } from './supply.ts';

/** One row of the answer. */
export function strategyPlan(supply: Supply, situation: Situation): StrategyPlan {
  const { need, host } = situation;
  const { heldAtPeak, capacity, perSecond } = need;
  const { strategy, block, proposed } = supply;
  const addressesNeeded = supply.needed(capacity);
  const atHand = supply.at(host.addresses);
  // Where no number is enough: what those at hand leave.
  const left = supply.left(heldAtPeak, addressesNeeded ?? host.addresses);
  const figures = { addressesNeeded, atHand, left };
  return {
    strategy,
    addressesNeeded,
    portsLeftForLegacy: left,
    secondsToExhaustion: perSecond === 0 || atHand >= heldAtPeak ? null : atHand / perSecond,
    firstLimit: firstLimit(supply, situation, figures),
    because: because(supply, situation, addressesNeeded),
    atHand,
    block,
    proposed: block !== null && proposed,
  };
}
