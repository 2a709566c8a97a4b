/**
 * What became of numbers that sockets of one kind held while others were bound to wildcard ports on
 * another address, one by one.
 */
export interface Encounter {
  /** Numbers held. */
  readonly held: number;
  /** Of these, given to the other sockets meanwhile. */
  readonly met: number;
  /** Of these, given to the same kind of sockets once they were released; 0 where that was not looked at. */
  readonly metFree: number;
  /** Holders that no longer had their number at the end. */
  readonly lost: number;
}

/** How thoroughly the other sockets went over the range. */
export interface Sweeping {
  /** Binds that succeeded. */
  readonly swept: number;
  /** Share of the numbers they could have met without a repeat that they did meet, 0 to 1. */
  readonly coverage: number;
  /** The share that counts as having covered the range. */
  readonly enough: number;
  /** Nothing cut it short: no error, no limit, no stop. */
  readonly finished: boolean;
}

/**
 * Given: the number was held on both addresses at once, which is seen and not concluded. Withheld:
 * none was given although numbers beside them were, and these very numbers were once released.
 */
export type Reading = 'given' | 'withheld' | 'unknown';

/** Chance, at most, that numbers which could have been given were all missed. */
const MISSED_AT_MOST = 1e-5;
/** Fewer numbers prove nothing, whatever the reckoning says. */
const LEAST = 4;
/** What is taken for certain is never quite. */
const SURE = 0.99;

/**
 * @param pickable share of the numbers a sweep may have that it did pick, 0 to 1: its control. Of the
 *   numbers held beside them that are known to be given, or of the range.
 */
export function readEncounter(of: Encounter, pickable: number, finished: boolean): Reading {
  if (of.lost > 0) return 'unknown';
  if (of.met > 0) return 'given';
  const numbers = of.metFree;
  if (!finished || numbers < LEAST || numbers < of.held / 2) return 'unknown';
  const missed = (1 - Math.min(SURE, pickable)) ** numbers;
  return missed <= MISSED_AT_MOST ? 'withheld' : 'unknown';
}

/** The control of a sweep that is given the numbers of some holders: the share of these it picked. */
export function pickedShare({ held, met, lost }: Encounter): number {
  return held < LEAST || lost > 0 ? 0 : met / held;
}

/** The control of a sweep that may have free numbers only: the share of the range it picked. */
export function coveredShare({ coverage, enough }: Sweeping): number {
  return coverage >= enough ? coverage : 0;
}

/**
 * The readings of a sweep with the option beside those of one without, by holder. A host may prefer
 * numbers that are free everywhere, and pass over others it would give. So what the sweep with the
 * option did not meet is withheld only if it did meet some that are known to count as taken: those
 * that were withheld from sockets without the option.
 */
export function withoutPreference<K extends string>(
  withOption: Readonly<Record<K, Reading>>,
  without: Readonly<Record<K, Reading>> | null,
): Readonly<Record<K, Reading>> {
  const names = Object.keys(withOption) as K[];
  const picksTaken = names.some(
    (name) => withOption[name] === 'given' && without?.[name] === 'withheld',
  );
  return Object.fromEntries(
    names.map((name) => [
      name,
      withOption[name] === 'withheld' && !picksTaken ? 'unknown' : withOption[name],
    ]),
  ) as Record<K, Reading>;
}
