import { Random } from '../../allocator/random.ts';
import { lastPort, MAX_PORT, type PortRange } from '../../model/port-range.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { tryNamedPort, type BindPlace } from './explicit-attempts.ts';

/** Above what services use most, below the default ranges of Windows and Linux. */
const QUIET: PortRange = { start: 10_000, count: 20_000 };
/** Where the range is unknown: 20,000 to 29,999. */
const UNKNOWN_RANGE: PortRange = { start: 20_000, count: 10_000 };
const FIRST_USER_PORT = 1_024;
/** Too few to choose among: services may have them all. */
const FEW = 64;
/** Random stream of these choices; the modelled host has its own. */
const STREAM = 2_000;
const TRIES = 64;

/** Numbers outside the dynamic range that nobody holds on any address, chosen by seed. */
export class FreeNumbers {
  readonly #place: BindPlace;
  readonly #wildcard: AddressId;
  readonly #from: PortRange;
  readonly #random: Random;
  readonly #used = new Set<number>();

  /** @param range the dynamic range; null where it is unknown */
  constructor(place: BindPlace, wildcard: AddressId, range: PortRange | null, seed: number) {
    this.#place = place;
    this.#wildcard = wildcard;
    this.#from = quietNumbers(range);
    this.#random = new Random(seed, STREAM);
  }

  /** The next one, or null where none of many is free. */
  next(): number | null {
    for (let tries = 0; tries < TRIES; tries++) {
      const port = this.#from.start + this.#random.below(this.#from.count);
      if (this.#used.has(port)) continue;
      this.#used.add(port);
      // Asked for alone, on all addresses at once: whoever has it anywhere is in the way.
      if (tryNamedPort(this.#place, 'exclusive', this.#wildcard, port) === 0) return port;
    }
    return null;
  }
}

/** Numbers no wildcard-port bind is given. Where the range leaves almost none, quiet ones in it. */
export function quietNumbers(range: PortRange | null): PortRange {
  if (range === null) return UNKNOWN_RANGE;
  const below = between(QUIET.start, range.start - 1);
  const above = between(lastPort(range) + 1, MAX_PORT);
  const low = between(FIRST_USER_PORT, Math.min(QUIET.start, range.start) - 1);
  return [below, above, low].find(({ count }) => count >= FEW) ?? QUIET;
}

function between(start: number, last: number): PortRange {
  return { start, count: Math.max(0, last - start + 1) };
}
