import { count, percent, thousands } from '../model/words.ts';
import { amount, portsText, quotient } from './figures.ts';
import type { PlanStep, PlanStrategy } from './plan-document.ts';
import { WIDEST_RANGE } from './planned-host.ts';
import type { Ranked } from './recommend.ts';
import type { Situation } from './supplies.ts';

/** The decision tree with the user's numbers, from what must be held to what the answer leaves open. */
export function planSteps(
  ranked: readonly Ranked[],
  chosen: Ranked | null,
  situation: Situation,
): PlanStep[] {
  const of = (strategy: PlanStrategy): Ranked | undefined =>
    ranked.find(({ plan }) => plan.strategy === strategy);
  const steps = [howMuch(situation)];
  const ask = (one: Ranked | undefined, question: string): void => {
    if (one !== undefined) steps.push(askOf(one, question, situation));
  };
  ask(of('legacy'), 'Is one shared range enough?');
  if (chosen?.plan.strategy === 'legacy') return [...steps, leftOver(chosen)];
  ask(of('wider-range'), 'Does the widest range do it?');
  ask(of('port-scalability'), 'Does the option do it?');
  ask(of('reuse-unicast'), 'Do several remotes share the load?');
  if (chosen?.plan.strategy === 'reuse-unicast') {
    if (chosen.supply.without === null) steps.push(busiestRemote(chosen, situation));
    return steps;
  }
  ask(of('port-pool'), 'Does a pool of the application’s own do it?');
  if (chosen?.plan.strategy === 'port-scalability') steps.push(leftOver(chosen));
  return steps;
}

function howMuch({ need, host }: Situation): PlanStep {
  const { connections, perSecond, headroomPercent, heldAtPeak, capacity } = need;
  const waiting =
    perSecond > 0
      ? `${thousands(connections)} + ${amount(perSecond)}/s × ${amount(host.timeWaitSeconds)} s = ${thousands(heldAtPeak)}`
      : `${thousands(connections)} connections, none in TIME_WAIT`;
  const kept = headroomPercent > 0 ? `; ÷ (1 − ${amount(headroomPercent)} %)` : '';
  return {
    question: 'How much must be held?',
    answer: thousands(capacity),
    tone: 'plain',
    detail: `${waiting}${kept}`,
  };
}

function askOf({ supply, plan }: Ranked, question: string, { need, host }: Situation): PlanStep {
  const { addressesNeeded: needed } = plan;
  const detail = detailOf({ supply, plan }, { need, host });
  if (needed === null) return { question, answer: 'no', tone: 'no', detail };
  const short = needed - host.addresses;
  if (short > 0) return { question, answer: `${thousands(short)} short`, tone: 'warn', detail };
  const answer =
    plan.strategy === 'wider-range' || plan.strategy === 'legacy'
      ? 'yes'
      : `yes, ${count(needed, 'address')}`;
  return { question, answer, tone: 'yes', detail };
}

function detailOf(
  { supply, plan }: Ranked,
  { need, host }: Pick<Situation, 'need' | 'host'>,
): string {
  const { each, without, block } = supply;
  const { strategy, addressesNeeded: needed } = plan;
  const { capacity, remotes } = need;
  if (without !== null) return plan.because;
  const atHand =
    needed !== null && needed > host.addresses ? `, ${thousands(host.addresses)} at hand` : '';
  const divided = `${thousands(capacity)} ÷ ${thousands(each)} = ${quotient(capacity, Math.max(1, each))}`;
  const so = needed === null ? '' : `, so ${count(needed, 'address')}${atHand}`;
  switch (strategy) {
    case 'reuse-unicast': {
      const one = each * remotes;
      const enough = one >= capacity ? '≥' : '<';
      return `${thousands(each)} × ${count(remotes, 'remote')} = ${thousands(one)} ${enough} ${thousands(capacity)}${needed === 1 ? '' : so}`;
    }
    case 'port-scalability':
    case 'port-pool':
      if (needed === null) return plan.because;
      return `${divided}${so}${block === null ? '' : `, numbers ${portsText(block)}`}`;
    case 'legacy':
    case 'wider-range': {
      const widest = strategy === 'wider-range' ? `${portsText(WIDEST_RANGE)} leaves ` : '';
      if (needed === null) {
        return `${widest}${thousands(each)} < ${thousands(capacity)}, and more addresses add nothing (PS-1)`;
      }
      return needed === 1
        ? `${widest}${thousands(each)} ≥ ${thousands(capacity)}`
        : `each address has its own ${thousands(each)} (PS-1): ${divided}${so}`;
    }
  }
}

/** Even shares are an assumption about the user's own load: how far from even it may be. */
function busiestRemote({ supply, plan }: Ranked, { need }: Situation): PlanStep {
  const all = supply.each * (plan.addressesNeeded ?? 1);
  const may = Math.floor((all * (100 - need.headroomPercent)) / 100);
  const share = may / need.heldAtPeak;
  const fits = share >= 1;
  return {
    question: 'Does the busiest remote fit?',
    answer: fits ? 'yes' : 'check skew',
    tone: fits ? 'yes' : 'warn',
    detail: fits
      ? `it may hold ${thousands(may)} of ${thousands(all)}, which is the whole load`
      : `it may hold ${thousands(may)} of ${thousands(all)}, that is ${percent(share)} of the load`,
  };
}

function leftOver({ plan: { portsLeftForLegacy: left } }: Ranked): PlanStep {
  const span =
    left.min === left.max
      ? thousands(left.min)
      : `${thousands(left.min)} to ${thousands(left.max)}`;
  return {
    question: 'Do option-less applications still find a port?',
    answer: left.max === 0 ? 'no' : span,
    tone: left.max === 0 ? 'no' : left.min === 0 ? 'warn' : 'yes',
    detail:
      left.min === left.max
        ? `${span} left at the peak`
        : `${span} left at the peak: it rests on which numbers are picked (A19, A20)`,
  };
}
