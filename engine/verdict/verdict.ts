import { sentenceOf } from '../claim/settle.ts';
import type { Evidence } from '../claim/evidence.ts';
import type { Basis, ClaimResult, RunStatus } from '../run/run-document.ts';

/** What the sentence is made from. */
export interface VerdictInput {
  readonly status: RunStatus;
  readonly basis: Basis;
  readonly profile: string | null;
  readonly claims: readonly ClaimResult[];
  /** Null where the run broke off before it had any. */
  readonly evidence: Evidence | null;
}

/**
 * The answer in one sentence. Says first what it is an answer about: a model and Wine are not this
 * host's Windows.
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

function answer({ status, evidence, claims }: VerdictInput): string {
  if (status === 'failed') return 'the run failed before it could answer.';
  if (status === 'stopped-for-safety') {
    return 'the run was stopped for safety before it could answer.';
  }
  if (status !== 'complete' || evidence === null)
    return 'the run was ended before it could answer.';
  return sentenceOf(evidence, claims);
}
