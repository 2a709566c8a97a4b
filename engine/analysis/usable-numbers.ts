import { contains, type PortRange } from '../model/port-range.ts';
import type { Holdings } from './holdings.ts';

/** Numbers a wildcard bind may get: of a range, those no exclusion covers; a byte each. */
export class UsableNumbers {
  readonly #range: PortRange;
  readonly #usable: Uint8Array;

  constructor(range: PortRange, excluded: readonly PortRange[]) {
    this.#range = range;
    this.#usable = Uint8Array.from({ length: range.count }, (_, at) =>
      Number(!excluded.some((one) => contains(one, range.start + at))),
    );
  }

  /** How many of them are held nowhere. */
  free(holdings: Holdings): number {
    const { start, count } = this.#range;
    let free = 0;
    for (let at = 0; at < count; at++) {
      if (this.#usable[at] === 1 && holdings.holdersOf(start + at) === 0) free++;
    }
    return free;
  }
}
