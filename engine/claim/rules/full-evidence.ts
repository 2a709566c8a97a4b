import type { Arm } from '../../run/run-document.ts';
import type { ArmEvidence, ExperimentId, OwnEvidence } from '../evidence.ts';

/** An experiment that can be a part of a full run: a plan is one need's, and no claim's. */
export type PartId = Exclude<ExperimentId, 'full' | 'verify-plan'>;

/** One experiment of a full run, as it ended: what its own rules need, kept apart from the others'. */
export interface PartEvidence {
  readonly id: PartId;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `refused`: it could not run as things stand. */
  readonly status: 'complete' | 'cancelled' | 'failed' | 'refused';
  /** Why it was refused or failed; null else. */
  readonly why: string | null;
  /** The addresses it used, in order. */
  readonly addresses: readonly string[];
  /** As in Evidence, of the pool it ran on. */
  readonly usable: number | null;
  readonly arms: readonly (Arm & Pick<ArmEvidence, 'sweep'>)[];
  readonly measures: Readonly<Record<string, number>>;
  /** Null where it did not come to its end. */
  readonly own: { readonly evidence: OwnEvidence[PartId] } | null;
}

/** What a full run brings. */
export interface FullEvidence {
  readonly parts: readonly PartEvidence[];
}
