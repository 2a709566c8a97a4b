import type { Basis } from '../run/run-document.ts';

/**
 * The run that another is set against: the first of its basis, by place. Null for that one itself.
 */
export function referenceOf(bases: readonly Basis[], at: number): number | null {
  const first = bases.findIndex((basis) => basis === bases[at]);
  return first === at ? null : first;
}
