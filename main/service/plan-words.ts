import { count, thousands } from '#engine/model/words.ts';
import type { PreparedRun } from './prepare.ts';

/** What a run would take, and what that risks, sentence by sentence, for somebody about to press the button. */
export interface PlanWords {
  readonly takes: readonly string[];
  /** Empty where nothing needs a warning. */
  readonly risks: readonly string[];
}

export function planWords(prepared: PreparedRun): PlanWords {
  const { experiment, addresses, plan, limits, basis, request, othersUnknown } = prepared;
  const exhaustive = limits.exhaustive && !experiment.safe;
  const left =
    plan.legacyLeft === null
      ? 'How many are left for option-less applications is unknown: the range could not be read.'
      : `Option-less applications would have ${count(plan.legacyLeft, 'port number')} left.`;
  const takes = [
    `It binds wildcard ports on ${listOf(addresses)}: at most ${thousands(plan.atOnce)} at once, ${thousands(plan.wouldHold)} in all, for about ${plan.seconds} s.`,
    `At the worst moment ${count(plan.unionLost, 'port number')} would be lost to applications without the option. ${left}`,
    exhaustive
      ? 'Exhaustive: it goes below the reserve, to the first error.'
      : `Reserve: ${limits.reserve === null ? 'none can be kept' : count(limits.reserve, 'port number')}.`,
  ];
  if (request.holdSeconds > 0) {
    takes.push(`The last arm’s ports stay bound for ${request.holdSeconds} s.`);
  }
  if (basis === 'modelled') return { takes, risks: [] };
  const risks: string[] = [];
  if (plan.legacyLeft === 0) {
    risks.push(
      'Until it releases them, option-less applications get no wildcard port: new logons, LDAP, DNS and SMB may fail.',
    );
  }
  if (othersUnknown) {
    risks.push('Which ports other programs hold is unknown, so none of them are counted.');
  }
  return { takes, risks };
}

/** A thousand addresses are no sentence. */
function listOf(addresses: readonly string[]): string {
  return addresses.length <= 8
    ? addresses.join(', ')
    : `${thousands(addresses.length)} addresses, ${addresses[0]} to ${addresses.at(-1)}`;
}
