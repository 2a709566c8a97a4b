import { count, thousands } from '#engine/model/words.ts';
import type { PreparedRun } from '../service/prepare.ts';
import type { Console } from './console.ts';

/** What a run would take and risk, in words, for somebody about to press the button. */
export function planText(prepared: PreparedRun, out: Console): string {
  const { experiment, host, addresses, plan, limits, refusal, basis } = prepared;
  const where =
    basis === 'modelled' ? `on the simulated stack (${host.why})` : `on ${host.hostname}`;
  const left =
    plan.legacyLeft === null
      ? 'How many are left for option-less applications is unknown: the range could not be read.'
      : `Option-less applications would have ${count(plan.legacyLeft, 'port number')} left.`;
  const lines = [
    out.bold(`${experiment.title} ${where}: nothing was taken, this is what it would do.`),
    '',
    `It binds wildcard ports on ${addresses.join(', ')}: at most ${thousands(plan.atOnce)} at once, ${thousands(plan.wouldHold)} in all, for about ${plan.seconds} s.`,
    `At the worst moment ${count(plan.unionLost, 'port number')} would be lost to applications without the option. ${left}`,
    limits.exhaustive && !experiment.safe
      ? 'Exhaustive: it goes below the reserve, to the first error.'
      : `Reserve: ${limits.reserve === null ? 'none can be kept' : count(limits.reserve, 'port number')}.`,
  ];
  if (plan.legacyLeft === 0 && basis !== 'modelled') {
    lines.push(
      'Until it releases them, option-less applications get no wildcard port: new logons, LDAP, DNS and SMB may fail.',
    );
  }
  if (refusal !== null) lines.push('', `It would be refused: ${refusal.message}; ${refusal.hint}.`);
  return lines.join('\n');
}
