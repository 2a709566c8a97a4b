import type { MetBy } from '../encounter.ts';

/** How numbers are held side by side on the first address. */
export type WildcardHolder = 'plain' | 'option';

/** Where somebody names a number that is held on the first address. */
export const NAMED_PLACES = ['same', 'other', 'wildcard'] as const;
export type NamedPlace = (typeof NAMED_PLACES)[number];

/** What naming held numbers answered, without and with the option. */
export interface NamedTries {
  readonly holder: WildcardHolder;
  readonly place: NamedPlace;
  /** Numbers on which a socket without the option was answered alike before and after one with it. */
  readonly tries: number;
  /** Of these, answered otherwise with the option. */
  readonly differs: number;
  /** Of these, let a socket without the option have the number. */
  readonly allowed: number;
}

/** What the option on the wildcard address, and with a named port, brings. */
export interface WildcardAddressEvidence {
  /** Sweeps of the wildcard address and of the second one, with and without the option; null where not begun. */
  readonly wildcardWith: MetBy<WildcardHolder> | null;
  readonly wildcardWithout: MetBy<WildcardHolder> | null;
  readonly specificWith: MetBy<WildcardHolder> | null;
  readonly specificWithout: MetBy<WildcardHolder> | null;
  readonly named: readonly NamedTries[];
}
