import type { Strategy } from '../../model/strategy.ts';
import { count, thousands } from '../../model/words.ts';
import { describeCode } from '../../model/winsock-error.ts';
import { ENDED_WORDS } from '../../run/run-words.ts';
import type { Evidence } from '../evidence.ts';
import type { ExperimentRules } from '../experiment-rules.ts';
import type { VerifyPlanEvidence } from './verify-plan-evidence.ts';

/** A plan is one host's affair: that it holds settles no claim about Windows. */
export const VERIFY_PLAN_RULES: ExperimentRules<'verify-plan'> = {
  claims: {},
  answers: () => [],
  sentence,
};

/** Whether the plan held; null where the run could not tell. */
export function planHolds(own: VerifyPlanEvidence): boolean | null {
  if (own.held >= own.capacity) return true;
  // With fewer remotes than the plan has, less can be carried: that says nothing against it.
  if (own.remotes !== null && own.remotes.opened < own.remotes.asked) return null;
  return own.ended === 'exhausted' && own.shortage !== 'memory' ? false : null;
}

function sentence({ own, addresses }: Evidence<'verify-plan'>): string {
  const { need, capacity, held } = own;
  const by = `${WAY[own.strategy]} on ${count(addresses, 'address')}`;
  const holds = planHolds(own);
  const legacy = legacyWords(own);
  if (holds === true) {
    return `the plan holds ${by}: ${heldWords(own)}${headroomWords(own)}${legacy}.`;
  }
  const failed =
    own.failed === null ? '' : `, ${own.failed.call} failed with ${describeCode(own.failed.code)}`;
  if (holds === null)
    return `not settled: ${heldWords(own)} ${by}, then the run ${openWords(own)}${failed}.`;
  return held >= need
    ? `the plan holds its need of ${thousands(need)} ${by}, but not its headroom: at ${thousands(held)} of ${thousands(capacity)}${failed}${legacy}.`
    : `the plan does not hold ${by}: at ${thousands(held)} of the ${thousands(need)} it needs${failed}.`;
}

const WAY: Readonly<Record<Strategy | 'wider-range', string>> = {
  legacy: 'without the option',
  'wider-range': 'without the option',
  'port-scalability': 'with SO_PORT_SCALABILITY',
  'reuse-unicast': 'with SO_REUSE_UNICASTPORT',
  'port-pool': 'with a port pool of its own',
};

function heldWords({ strategy, held, remotes }: VerifyPlanEvidence): string {
  return strategy === 'reuse-unicast' && remotes !== null
    ? `${count(held, 'connection')} to ${count(remotes.opened, 'remote')}`
    : count(held, 'port');
}

function headroomWords({ need, capacity, headroomPercent }: VerifyPlanEvidence): string {
  if (capacity === need) return ' held, no headroom asked';
  return ` held, ${thousands(need)} for the need and ${headroomPercent} % kept free`;
}

function legacyWords({ legacyCode }: VerifyPlanEvidence): string {
  if (legacyCode === null) return '';
  return legacyCode === 0
    ? '; an application without the option still got a port'
    : `; an application without the option got none: ${describeCode(legacyCode)}`;
}

function openWords({ ended, remotes, shortage }: VerifyPlanEvidence): string {
  if (remotes !== null && remotes.opened < remotes.asked) {
    return `had no more, having listeners for ${thousands(remotes.opened)} of ${thousands(remotes.asked)} remotes only`;
  }
  return shortage === 'memory' ? 'ended for want of memory' : ENDED_WORDS[ended];
}
