import type { StepRecord } from '#engine/run/script-record.ts';
import { table } from './table.ts';

/** A script's steps for a terminal: each with its answer and how its expectation came out. */
export function stepsTable(steps: readonly StepRecord[]): string {
  return table(
    [
      { title: 'Step', right: true },
      { title: 'Call' },
      { title: 'Answer' },
      { title: 'Expectation' },
    ],
    steps.map((step) => [String(step.index), step.call, step.answer, expectationWords(step)]),
  );
}

function expectationWords({ expectation, missed }: StepRecord): string {
  if (expectation === 'none') return '';
  return expectation === 'met' ? 'met' : `FAILED: ${missed ?? 'not as expected'}`;
}
