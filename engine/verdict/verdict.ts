import { count, thousands } from '../model/words.ts';
import type { Arm, Basis, ClaimResult, RunStatus } from '../run/run-document.ts';

/** What the sentence is made from. */
export interface VerdictInput {
  readonly experiment: string;
  readonly status: RunStatus;
  readonly basis: Basis;
  readonly profile: string | null;
  readonly addresses: readonly string[];
  readonly arms: readonly Arm[];
  readonly claims: readonly ClaimResult[];
  /** Numbers one address can give; null where the range is unknown. */
  readonly usable: number | null;
}

/**
 * The answer in one sentence: whether, and how far, the option multiplies the wildcard ports. Says
 * first what it is an answer about: a model and Wine are not this host's Windows.
 */
export function verdictSentence(input: VerdictInput): string {
  return aboutWords(input) + answer(input);
}

/** What the sentence is an answer about, where that is not this host's Windows. */
export function aboutWords({ basis, profile }: Pick<VerdictInput, 'basis' | 'profile'>): string {
  if (basis === 'modelled') return `Simulated (profile ${profile ?? 'documented'}): `;
  if (basis === 'wine') return 'Wine, not Windows: ';
  return '';
}

function answer(input: VerdictInput): string {
  const legacy = input.arms.find((arm) => arm.strategy === 'legacy');
  const option = input.arms.find((arm) => arm.strategy === 'port-scalability');
  if (input.status === 'failed') return 'the run failed before it could answer.';
  if (input.status === 'stopped-for-safety')
    return 'the run was stopped for safety before it could answer.';
  if (input.status !== 'complete' || legacy === undefined || option === undefined) {
    return 'the run was ended before it could answer.';
  }
  return input.experiment === 'sweep' ? sweepAnswer(input) : capacityAnswer(input, legacy, option);
}

function capacityAnswer(input: VerdictInput, legacy: Arm, option: Arm): string {
  const on = `on ${count(input.addresses.length, 'address')}`;
  if (legacy.overlap > 0) {
    return (
      `the control scaled too: ${count(legacy.bound, 'port')} ${on} without the option, ${thousands(option.bound)} with it, ` +
      'so nothing here shows that SO_PORT_SCALABILITY does anything.'
    );
  }
  const ps2 = outcomeOf(input, 'PS-2');
  if (ps2 === 'confirmed') {
    const times = Number((option.bound / legacy.bound).toFixed(2));
    const untilEnd = option.ended === 'exhausted' ? '' : ', and it was not full';
    return (
      `SO_PORT_SCALABILITY multiplies the wildcard ports by ${times}: ` +
      `${count(option.bound, 'port')} ${on} instead of ${thousands(legacy.bound)}${untilEnd}.`
    );
  }
  if (ps2 === 'refuted') {
    return `SO_PORT_SCALABILITY does not multiply the wildcard ports: ${count(option.bound, 'port')} ${on} with it, ${thousands(legacy.bound)} without.`;
  }
  return (
    `not settled: ${count(legacy.bound, 'port')} bound without the option (${ENDED[legacy.ended]}), ` +
    `${thousands(option.bound)} with it (${ENDED[option.ended]}).`
  );
}

function sweepAnswer(input: VerdictInput): string {
  const addresses = input.addresses.length;
  const ceiling =
    input.usable === null
      ? ''
      : `: up to ${thousands(input.usable)} on each of ${count(addresses, 'address')}`;
  if (outcomeOf(input, 'PS-1') === 'refuted') {
    return 'the control repeats numbers: they come up again on another address even without the option, so nothing here shows what SO_PORT_SCALABILITY does.';
  }
  const ps2 = outcomeOf(input, 'PS-2');
  if (ps2 === 'confirmed') {
    return `SO_PORT_SCALABILITY works: numbers held on one address are given again on another with it, never without it${ceiling}.`;
  }
  const because = input.claims.find((claim) => claim.id === 'PS-2')?.because ?? 'no evidence';
  return `not settled: ${because}.`;
}

const ENDED: Readonly<Record<Arm['ended'], string>> = {
  exhausted: 'until none was left',
  reserve: 'stopped at the reserve',
  'max-sockets': 'stopped at the socket limit',
  'max-seconds': 'stopped at the time limit',
  done: 'to its end',
  error: 'stopped by an error',
  cancelled: 'cancelled',
};

function outcomeOf(input: VerdictInput, id: string): ClaimResult['outcome'] | undefined {
  return input.claims.find((claim) => claim.id === id)?.outcome;
}
