import type { AssumptionId, Assumptions } from '../profile/assumptions.ts';
import type { AddressClass } from '../run/run-document.ts';
import type { ClaimId } from './claims.ts';
import type { Evidence, ExperimentId, Settled } from './evidence.ts';

/** What evidence says of one of the model's switches: only what it settles is said. */
export type Answered = {
  readonly [Id in AssumptionId]: {
    readonly id: Id;
    readonly value: Assumptions[Id];
    readonly because: string;
    /** Where it is said of some of the run's addresses only: what kind these are. */
    readonly addressClass?: AddressClass;
  };
}[AssumptionId];

/** How a claim of a run came out, for the sentence. */
export type OutcomeOf = (id: ClaimId) => Settled | undefined;

/** How the evidence of one experiment is read. */
export interface ExperimentRules<E extends ExperimentId> {
  /** A rule for each claim the experiment speaks of; null where the run was not asked to try it. */
  readonly claims: Readonly<Partial<Record<ClaimId, (evidence: Evidence<E>) => Settled | null>>>;
  /** What it says of the open questions. */
  answers(evidence: Evidence<E>): readonly Answered[];
  /**
   * The answer in one sentence, small at its beginning: what it is an answer about comes before it.
   * Asked of complete runs only.
   */
  sentence(evidence: Evidence<E>, outcomeOf: OutcomeOf): string;
}
