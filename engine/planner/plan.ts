import { capacityFor, heldAtPeak } from '../model/load.ts';
import { thousands } from '../model/words.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { portCount } from './free-ranges.ts';
import { restsOn } from './plan-assumptions.ts';
import type { PlanDocument, PlanHost, PlanWish } from './plan-document.ts';
import { reviewBlock } from './plan-powershell.ts';
import { planSentence } from './plan-sentence.ts';
import { planSteps } from './plan-steps.ts';
import { strategyPlan } from './strategy-plan.ts';
import { placedHost, usablePorts } from './planned-host.ts';
import { bestFirst } from './recommend.ts';
import { suppliesOf } from './supplies.ts';
import { verifyOf } from './verify-plan-command.ts';

/** Where a profile that has to be a file is said to be. */
const PROFILE_FILE = 'plan-host.json';

/** Of an RPC proxy, and the factor its article multiplies by (KB951764). */
const RULE_CONNECTIONS = 60_000;
const RULE_FACTOR = 2;

/**
 * How many addresses a need takes, by each strategy, on a host with a profile's rules. Pure arithmetic
 * over ranges, some tenths of a millisecond whatever the need; `checkPlan` is the simulation beside it.
 * @param host its figures stand over the profile's
 * @param profileFile where the profile of `verifyProfile` is or will be, for the command
 */
export function planFor(
  wish: PlanWish,
  host: PlanHost,
  profile: ResolvedProfile,
  profileFile: string = PROFILE_FILE,
): PlanDocument {
  const need = needOf(wish, host, profile);
  const situation = { need, host, profile };
  const ranked = bestFirst(
    suppliesOf(situation).map((supply) => ({ supply, plan: strategyPlan(supply, situation) })),
    host.addresses,
  );
  const [best] = ranked;
  const chosen = best === undefined || best.plan.addressesNeeded === null ? null : best;
  return {
    need,
    host,
    strategies: ranked.map(({ plan }) => plan),
    recommended: chosen?.plan.strategy ?? null,
    sentence: planSentence(chosen, situation),
    steps: planSteps(ranked, chosen, situation),
    ruleOfThumb: ruleOfThumb(wish),
    assumptions: restsOn(ranked, chosen, situation),
    powershell: reviewBlock(chosen, situation),
    ...verifyOf(chosen, situation, profileFile),
  };
}

/** What the wish comes to. */
export function needOf(
  wish: PlanWish,
  host: PlanHost,
  profile: ResolvedProfile,
): PlanDocument['need'] {
  const held = heldAtPeak(wish, host.timeWaitSeconds);
  return {
    connections: wish.connections,
    remotes: wish.remotes,
    perSecond: wish.perSecond,
    headroomPercent: wish.headroomPercent,
    heldAtPeak: held,
    capacity: capacityFor(held, wish.headroomPercent),
    usablePerAddress: portCount(usablePorts(placedHost(host, profile))),
  };
}

function ruleOfThumb({ connections }: PlanWish): PlanDocument['ruleOfThumb'] {
  return {
    addresses: Math.ceil((connections / RULE_CONNECTIONS) * RULE_FACTOR),
    because:
      `KB951764: ${thousands(connections)} ÷ ${thousands(RULE_CONNECTIONS)} × ${RULE_FACTOR}, rounded up. ` +
      'The rule counts incoming HTTP connections of RPC proxies, and leaves out TIME_WAIT, headroom and option-less applications.',
  };
}
