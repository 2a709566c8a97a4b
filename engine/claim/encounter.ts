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

/** What one sweep met, by who held the numbers. */
export interface MetBy<K extends string> {
  readonly by: Readonly<Record<K, Encounter>>;
  readonly sweeping: Sweeping;
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

export type Readings<K extends string> = Readonly<Record<K, Reading>>;

/**
 * Reads a sweep whose control are holders beside the others: what isn't met is withheld only if theirs
 * are met. @param control the holders whose numbers it is given, if it is given any held ones
 */
export function readMet<K extends string>(
  { by, sweeping }: MetBy<K>,
  control: NoInfer<K>,
): Readings<K> {
  const pickable = pickedShare(by[control]);
  return eachOf(by, (of) => readEncounter(of, pickable, sweeping.finished));
}

/** Reads a sweep that may be given free numbers only: its control is the range it covered. */
export function readCovered<K extends string>({ by, sweeping }: MetBy<K>): Readings<K> {
  const pickable = coveredShare(sweeping);
  return eachOf(by, (of) => readEncounter(of, pickable, sweeping.finished));
}

function eachOf<K extends string>(
  by: Readonly<Record<K, Encounter>>,
  read: (of: Encounter) => Reading,
): Readings<K> {
  const names = Object.keys(by) as K[];
  return Object.fromEntries(names.map((name) => [name, read(by[name])])) as Record<K, Reading>;
}

/**
 * Whether sockets with the option were given numbers that count as taken on the host: some that were
 * withheld from sockets without it. Else it may be that they prefer numbers free everywhere, and pass
 * over others they would be given.
 */
export function picksTaken<K extends string>(
  withOption: Readings<K>,
  without: Readings<K> | null,
): boolean {
  const names = Object.keys(withOption) as K[];
  return names.some((name) => withOption[name] === 'given' && without?.[name] === 'withheld');
}

/** Readings of a sweep with the option, beside one without: what was passed over is not withheld. */
export function withoutPreference<K extends string>(
  withOption: Readings<K>,
  without: Readings<K> | null,
): Readings<K> {
  if (picksTaken(withOption, without)) return withOption;
  const names = Object.keys(withOption) as K[];
  return Object.fromEntries(
    names.map((name) => [name, withOption[name] === 'withheld' ? 'unknown' : withOption[name]]),
  ) as Record<K, Reading>;
}
