import type { MeasureKind } from '../run/measures/measure-meaning.ts';
import type { AddressClass, Basis, ClaimOutcome } from '../run/run-document.ts';

/** The answer of `portlab compare` and of the Compare screen. Names are relied on by scripts. */

/** Runs that may stand side by side. */
export const LEAST_COMPARED = 2;
export const MOST_COMPARED = 8;

export interface ComparedMeasure {
  readonly name: string;
  /** The experiment it is of, where runs have several or differ in theirs: then its name begins with it. */
  readonly part: string | null;
  readonly kind: MeasureKind;
  /** By run, in order; null where a run has none. */
  readonly values: readonly (number | null)[];
  /**
   * Against the first run of the same basis; null for that one, where either has none, where two bases
   * meet, of what only names something (codes, ports) and of what is a convention.
   */
  readonly deltas: readonly (number | null)[];
  /** By run: a speed of the model, 1 µs a call by convention. It is no measurement. */
  readonly convention: readonly boolean[];
}

export type FactGroup =
  | 'run'
  | 'host'
  | 'parameters'
  | 'profile'
  | 'arms'
  | 'experiments'
  | 'steps';

export type FactValue = string | number | boolean | null;

/** How a run was made, on what, and how its parts ended. */
export interface ComparedFact {
  readonly name: string;
  readonly group: FactGroup;
  /** The same for reading. */
  readonly words: string;
  /** By run; null where it is unknown, or where a run has no such thing. */
  readonly values: readonly FactValue[];
  /**
   * Of hosts, profiles and arms only what is known can differ; of parameters and parts, too, where the
   * runs are of different experiments.
   */
  readonly differs: boolean;
}

/** A claim that did not come out alike in all runs that tested it on one kind of addresses. */
export interface FlippedClaim {
  readonly claim: string;
  readonly addressClass: AddressClass;
  /** By run; null where a run says nothing of it on such addresses. */
  readonly outcomes: readonly (ClaimOutcome | null)[];
  readonly bases: readonly (Basis | null)[];
}

export interface CompareDocument {
  /** Ids, in the order asked. */
  readonly runs: readonly string[];
  readonly bases: readonly Basis[];
  readonly measures: readonly ComparedMeasure[];
  readonly facts: readonly ComparedFact[];
  readonly flipped: readonly FlippedClaim[];
  /** What stands between these runs and a fair comparison: other bases, other hosts, an unfinished run. */
  readonly cautions: readonly string[];
  /** The answer in one sentence. */
  readonly sentence: string;
}
