import { spelled } from './check-names.ts';
import type { StepResult } from './script.ts';
import type { Expectation } from './script-schema.ts';

/** One thing a step is expected to answer. */
export type Expected = readonly [key: keyof Expectation, wanted: string | number | boolean];

export function expectedOf(expect: Expectation | undefined): Expected[] {
  return Object.entries(expect ?? {}).filter(
    (entry): entry is [keyof Expectation, string | number | boolean] => entry[1] !== undefined,
  );
}

/** Addresses may be spelled in more than one way. */
export function isMet(
  [key, wanted]: Expected,
  result: Pick<StepResult, keyof Expectation>,
): boolean {
  return result[key] === (key === 'address' ? spelled(String(wanted)) : wanted);
}
