import type { MetBy } from '../encounter.ts';

/** How numbers are held side by side on the first address (`wildcard`: on the wildcard address). */
export const HOLDER_NAMES = ['legacy', 'option', 'named', 'wildcard'] as const;
export type HolderName = (typeof HOLDER_NAMES)[number];

/** What an arm says of itself in which all of them hold. */
export const ALL_KINDS_LABEL = 'all kinds hold';

/** What hold-and-sweep brings beside its arms. */
export interface SweepOwn {
  /** The code by which setsockopt refused the option; null where it did not. */
  readonly refused: number | null;
  /** All kinds side by side, swept with and without the option; null where that was not done. */
  readonly withOption: MetBy<HolderName> | null;
  readonly without: MetBy<HolderName> | null;
}
