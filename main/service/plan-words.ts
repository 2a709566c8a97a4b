import { timeWindowText } from '#engine/experiment/time-window.ts';
import { count, thousands } from '#engine/model/words.ts';
import { mayExhaust, type PreparedRun } from './prepare.ts';

/** What a run would take, and what that risks, sentence by sentence, for somebody about to press the button. */
export interface PlanWords {
  readonly takes: readonly string[];
  /** Empty where nothing needs a warning. */
  readonly risks: readonly string[];
}

export function planWords(prepared: PreparedRun): PlanWords {
  return {
    takes: takesOf(prepared),
    risks: prepared.basis === 'modelled' ? [] : risksOf(prepared),
  };
}

function takesOf({ experiment, addresses, plan, limits, request }: PreparedRun): string[] {
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
  if (request.onlyBetween !== undefined) {
    const window = timeWindowText(request.onlyBetween);
    takes.push(`It starts only within ${window} local time, and ends with that at the latest.`);
  }
  return takes;
}

/** On real sockets, Wine's too: those are the host's ports as well. */
function risksOf(prepared: PreparedRun): string[] {
  const { plan, request, basis, othersUnknown } = prepared;
  const risks: string[] = [];
  if (mayExhaust(prepared) || plan.legacyLeft === 0) {
    const lasts = `about ${plan.seconds + request.holdSeconds} s`;
    risks.push(
      `Option-less applications will have ${portsLeft(plan.legacyLeft)} for ${lasts}: new logons, LDAP, DNS and SMB may fail.`,
    );
  }
  if (basis === 'measured' && mayExhaust(prepared)) {
    risks.push(
      'New remote connections to or from this host may fail too. Make sure you have a console that needs none (iLO, iDRAC, the hypervisor’s), and keep it open.',
    );
  }
  if (othersUnknown) {
    risks.push('Which ports other programs hold is unknown, so none of them are counted.');
  }
  return risks;
}

function portsLeft(left: number | null): string {
  if (left === null) return 'an unknown number of ports, maybe none,';
  return left === 0 ? 'no port' : count(left, 'port');
}

/** A thousand addresses are no sentence. */
function listOf(addresses: readonly string[]): string {
  return addresses.length <= 8
    ? addresses.join(', ')
    : `${thousands(addresses.length)} addresses, ${addresses[0]} to ${addresses.at(-1)}`;
}
