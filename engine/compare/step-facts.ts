import type { StepRecord } from '../run/script-record.ts';
import type { RunDocument } from '../run/run-document.ts';
import type { ComparedFact } from './compare-document.ts';

/** Steps that are listed; a script may have thousands that differ. */
const MOST_LISTED = 100;

/** How the steps of scripts were answered, one run beside the other. */
export interface ComparedSteps {
  /** Steps of the script; null where the runs are no scripts, or did not make the same steps. */
  readonly compared: number | null;
  readonly differing: number;
  /** The first of those that were answered otherwise. */
  readonly facts: readonly ComparedFact[];
}

/**
 * Steps are compared where every run made the same ones. Which port the system gave is no difference:
 * nobody promises it.
 */
export function comparedSteps(documents: readonly RunDocument[]): ComparedSteps {
  const runs = documents.map(({ steps = [] }) => steps);
  const [first = []] = runs;
  const alike = runs.every(
    (steps) =>
      steps.length === first.length && steps.every(({ call }, at) => call === first[at]?.call),
  );
  if (first.length === 0 || !alike) return { compared: null, differing: 0, facts: [] };
  const differing = first.filter((step, at) =>
    runs.some((steps) => answerOf(steps[at]) !== answerOf(step)),
  );
  return {
    compared: first.length,
    differing: differing.length,
    facts: differing.slice(0, MOST_LISTED).map(({ index, call }) => ({
      name: `step.${index}`,
      group: 'steps',
      words: `Step ${index + 1}, ${call}`,
      values: runs.map((steps) => steps.find((step) => step.index === index)?.answer ?? null),
      differs: true,
    })),
  };
}

function answerOf(step: StepRecord | undefined): string {
  if (step === undefined) return '';
  const { ok, code, value, bound, expectation } = step;
  return JSON.stringify([ok, code, value, bound, expectation]);
}
