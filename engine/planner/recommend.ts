import type { PlanStrategy, StrategyPlan } from './plan-document.ts';
import type { Supply } from './supply.ts';

/** A strategy's figures, and what they come from. */
export interface Ranked {
  readonly supply: Supply;
  readonly plan: StrategyPlan;
}

/**
 * How much a strategy asks of the people who run the host and the application; the smaller the better.
 * legacy: nothing · wider-range: one command, though services below may lose their ports to it ·
 * port-scalability: one option in the application · reuse-unicast: the same, and a setting and a
 * restart where the host has no range yet · port-pool: a bookkeeping of ports in the application.
 */
const EFFORT: Readonly<Record<PlanStrategy, number>> = {
  legacy: 0,
  'wider-range': 2,
  'port-scalability': 3,
  'reuse-unicast': 4,
  'port-pool': 5,
};
/** Unicast reuse where the host has an auto-reuse range already. */
const EFFORT_WITH_RANGE = 1;
/** It may leave option-less applications without a port (PS-5): whatever does not comes before it. */
const EFFORT_OF_STARVING = 6;
/** It changes nothing: whatever it is a name for comes before it. */
const IN_VAIN = 10;

/**
 * Those that do with the addresses at hand, the least effort first; then those that do with more, the
 * fewest first; then those that never do.
 */
export function bestFirst(list: readonly Ranked[], atHand: number): Ranked[] {
  return list.toSorted((a, b) => {
    const [one, other] = [classOf(a, atHand), classOf(b, atHand)];
    if (one !== other) return one - other;
    const more = one === 1 ? (a.plan.addressesNeeded ?? 0) - (b.plan.addressesNeeded ?? 0) : 0;
    return more === 0 ? effortOf(a) - effortOf(b) : more;
  });
}

function classOf({ plan: { addressesNeeded } }: Ranked, atHand: number): 0 | 1 | 2 {
  if (addressesNeeded === null) return 2;
  return addressesNeeded <= atHand ? 0 : 1;
}

function effortOf({ supply, plan }: Ranked): number {
  const { strategy, without, proposed, block } = supply;
  if (without !== null) return IN_VAIN + EFFORT[strategy];
  if (strategy === 'reuse-unicast' && block !== null && !proposed) return EFFORT_WITH_RANGE;
  const starves = strategy === 'port-scalability' && plan.portsLeftForLegacy.min === 0;
  return starves ? EFFORT_OF_STARVING : EFFORT[strategy];
}
