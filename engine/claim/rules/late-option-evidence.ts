import type { MetBy } from '../encounter.ts';

/** When the sockets set the option that hold numbers side by side on the first address. */
export type LateHolder = 'never' | 'before' | 'late';

/** What setting the option after bind brings. */
export interface LateOptionEvidence {
  /** What setting it on a bound socket answered, 0 or an error; null where none was set. */
  readonly lateCode: number | null;
  /** What sweeps of the second address met, with and without the option; null where not begun. */
  readonly withOption: MetBy<LateHolder> | null;
  readonly without: MetBy<LateHolder> | null;
}
