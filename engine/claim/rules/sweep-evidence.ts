import type { Encounter, Sweeping } from '../encounter.ts';

/** How numbers are held side by side on the first address (`wildcard`: on the wildcard address). */
export const HOLDER_NAMES = ['legacy', 'option', 'named', 'wildcard'] as const;
export type HolderName = (typeof HOLDER_NAMES)[number];

/** What an arm says of itself in which all of them hold. */
export const ALL_KINDS_LABEL = 'all kinds hold';

/** What a sweep of the second address met, by how the numbers were held. */
export interface SideBySideSweep {
  readonly by: Readonly<Record<HolderName, Encounter>>;
  readonly sweeping: Sweeping;
}

/** What hold-and-sweep brings beside its arms. */
export interface SweepOwn {
  /** The code by which setsockopt refused the option; null where it did not. */
  readonly refused: number | null;
  /** All kinds side by side, swept with and without the option; null where that was not done. */
  readonly withOption: SideBySideSweep | null;
  readonly without: SideBySideSweep | null;
}
