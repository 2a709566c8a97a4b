import type { PortRange } from '../model/port-range.ts';
import { lastPort } from '../model/port-range.ts';
import * as bits from './bits.ts';
import type { Traits } from './holder.ts';
import { KIND, kindOf, picksAtRandom } from './holder.ts';
import { pickNext, pickPreferred, pickUniform } from './pick.ts';
import type { PoolExclusion } from './pool-heap.ts';
import { PoolHeap } from './pool-heap.ts';
import * as layout from './pool-layout.ts';
import type { Random } from './random.ts';
import type { ExhaustionCodes, SharingRules } from './sharing-rules.ts';
import * as sharing from './sharing-rules.ts';

// Local copies: V8 folds these into the code it compiles, but not what it reads through an import.
const COUNTS = layout.COUNTS;
const ANYWHERE = layout.ANYWHERE;
const ANYWHERE_SUMMARY = layout.ANYWHERE_SUMMARY;
const EVERYWHERE = layout.EVERYWHERE;
const SLOTS = layout.SLOTS;
const SLOT_WORDS = layout.SLOT_WORDS;
const OWN_SUMMARY = layout.OWN_SUMMARY;
const OWN_SEEN = layout.OWN_SEEN;
const WORD_MASK = layout.BITMAP_WORDS - 1;
const PORT_MASK = layout.PORTS - 1;
const ANYWHERE_ONE = sharing.ANYWHERE_ONE;
const BARS_ALL = sharing.BARS_ALL;
const lowestBit = bits.lowestBit;
const seekClear = bits.seekClear;
const LEGACY = KIND.legacy;
const OPTION = KIND.option;

/**
 * The port numbers of one protocol and family on all addresses of a host, and the choosing among
 * them. A wildcard-port bind looks at one or two words; nothing walks over ports or addresses, the
 * picks of pick.ts aside. Addresses are slots, as in pool-heap.ts.
 */
export class PortPool extends PoolHeap {
  readonly range: PortRange;
  readonly rules: SharingRules;
  /** How many ports the last `claimRun` claimed. */
  runLength = 0;
  /** Where next-fit looks first. */
  cursor: number;
  readonly random: Random;
  /** The rules are the documented ones and the pick is next-fit: the short ways are open. */
  readonly #plain: boolean;

  constructor(
    range: PortRange,
    exclusions: readonly PoolExclusion[],
    rules: SharingRules,
    groups: readonly number[],
    random: Random,
    keptOut?: PortRange,
  ) {
    super(range, exclusions, rules, groups, keptOut);
    this.range = range;
    this.rules = rules;
    this.random = random;
    this.#plain =
      rules.needs[LEGACY] === sharing.NEED.freeOnAll &&
      rules.weights[LEGACY] === BARS_ALL &&
      rules.weights[OPTION] === ANYWHERE_ONE &&
      rules.legacyPick === 'next-fit' &&
      rules.optionPick === 'next-fit' &&
      this.option === null &&
      (this.shared === null || this.shared.range === keptOut);
    this.cursor = range.start + random.below(range.count);
  }

  /** Whether SO_PORT_SCALABILITY has an effect on a wildcard-port bind to this address. */
  optionWorks(slot: number): boolean {
    return this.rules.optionWorks && (slot !== 0 || this.rules.optionWorksOnWildcard);
  }

  /** Binds to a wildcard port. @returns the port, or 0 when no legal one is left */
  claim(slot: number, traits: Traits): number {
    if (this.#plain === true) {
      if (traits === LEGACY) return this.#claimOnAll(slot);
      if (traits === OPTION && slot !== 0) return this.#claimHere(slot);
    }
    return this.#claimByRules(slot, traits);
  }

  /**
   * Binds up to `max` sockets to the wildcard ports that as many `claim`s would pick, as long as
   * these are consecutive; `runLength` tells how many. @returns the first port, or 0
   */
  claimRun(slot: number, traits: Traits, max: number): number {
    const onAll = traits === LEGACY;
    if (!this.#plain || !(onAll || (traits === OPTION && slot !== 0))) {
      const before = this.random.state();
      const port = this.claim(slot, traits);
      this.runLength = port === 0 ? 0 : 1;
      // The caller asks again singly: as if this had not been tried.
      if (port === 0) this.random.restore(before);
      return port;
    }
    const heap = this.heap;
    const own = SLOTS + slot * SLOT_WORDS;
    const a = onAll ? ANYWHERE : own;
    const b = onAll ? ANYWHERE : EVERYWHERE;
    const first = this.#next(a, b, b, own);
    const end = Math.min(first + max, layout.PORTS);
    let port = first;
    while (port !== 0 && port < end) {
      const from = port & 31;
      const taken = (heap[a + (port >>> 5)]! | heap[b + (port >>> 5)]!) >>> from;
      const run = Math.min(taken === 0 ? 32 - from : lowestBit(taken), end - port);
      if (run === 0) break;
      this.holdInWord(slot, port, run, onAll ? BARS_ALL : ANYWHERE_ONE);
      port += run;
    }
    this.runLength = port - first;
    if (first !== 0) this.cursor = port & PORT_MASK;
    return first;
  }

  /**
   * Whether a wildcard-port bind might get this very port now: what `claim` chooses among. For
   * modelling other applications, which got their ports before.
   */
  mayClaim(slot: number, port: number, traits: Traits): boolean {
    const [a, b, c] = this.#bitmaps(slot, traits);
    const heap = this.heap;
    const word = port >>> 5;
    return ((heap[a + word]! | heap[b + word]! | heap[c + word]!) & (1 << port)) === 0;
  }

  /**
   * The errors of a refused wildcard-port bind: another one (A15) where an option-less socket fails
   * because of ports held through the option, and would get one without these.
   * @param twin the other family's pool, for a bind that needs the number in both
   */
  refusal(slot: number, traits: Traits, twin?: PortPool): ExhaustionCodes {
    const { exhausted, starved, needs } = this.rules;
    if (kindOf(traits) !== LEGACY || exhausted === starved) return exhausted;
    const need = needs[slot === 0 ? 2 : 0];
    for (let port = this.range.start; port <= lastPort(this.range); port++) {
      const free = this.isFreeWithoutOption(slot, port, need);
      if (free && (twin?.isFreeWithoutOption(slot, port, need) ?? true)) return starved;
    }
    return exhausted;
  }

  /** `claim` with the option on a specific address. */
  #claimHere(slot: number): number {
    const heap = this.heap;
    const own = SLOTS + slot * SLOT_WORDS;
    const cursor = this.cursor;
    const word = cursor >>> 5;
    const held = heap[(own + word) | 0]!;
    const clear = ~(held | heap[EVERYWHERE + word]!) & (-1 << cursor);
    if (clear === 0) {
      const found = this.#seek(own, EVERYWHERE, own, own, word);
      if (found === 0) return 0;
      this.cursor = found;
      return this.#claimHere(slot);
    }
    const bit = clear & -clear;
    const port = ((word << 5) + 31 - Math.clz32(bit)) | 0;
    this.cursor = (port + 1) & PORT_MASK;
    heap[(own + word) | 0] = held | bit;
    const count = heap[COUNTS + port]!;
    heap[COUNTS + port] = count + ANYWHERE_ONE;
    if (count === 0) heap[ANYWHERE + word] = heap[ANYWHERE + word]! | bit;
    return port;
  }

  /** `claim` without the option. */
  #claimOnAll(slot: number): number {
    const heap = this.heap;
    const own = SLOTS + slot * SLOT_WORDS;
    let port = this.cursor;
    let word = port >>> 5;
    let bit = 1 << port;
    let held = heap[ANYWHERE + word]!;
    // The cursor itself is mostly free, and trying it first takes the bit search out of the way.
    if ((held & bit) !== 0) {
      const clear = ~held & -bit;
      port =
        clear === 0
          ? this.#seek(ANYWHERE, ANYWHERE, ANYWHERE, own, word)
          : (word << 5) + lowestBit(clear);
      if (port === 0) return 0;
      word = port >>> 5;
      bit = 1 << port;
      held = heap[ANYWHERE + word]!;
    }
    this.cursor = (port + 1) & PORT_MASK;
    heap[own + word] = heap[own + word]! | bit;
    heap[COUNTS + port] = BARS_ALL;
    heap[ANYWHERE + word] = held | bit;
    heap[EVERYWHERE + word] = heap[EVERYWHERE + word]! | bit;
    return port;
  }

  /** `claim` under any rules and pick. Apart from it, so that V8 inlines the short ways. */
  #claimByRules(slot: number, traits: Traits): number {
    const port = this.#find(slot, traits);
    if (port !== 0) this.hold(slot, port, traits);
    return port;
  }

  /** A legal port by whatever rules and pick there are, or 0. */
  #find(slot: number, traits: Traits): number {
    // First: it may make the heap anew.
    const [a, b, c] = this.#bitmaps(slot, traits);
    const heap = this.heap;
    const own = SLOTS + slot * SLOT_WORDS;
    const kind = kindOf(traits);
    const pick = kind === OPTION ? this.rules.optionPick : this.rules.legacyPick;
    if (pick === 'random' || picksAtRandom(traits)) {
      return pickUniform(heap, a, b, c, this.range, this.random);
    }
    let port = 0;
    if (pick !== 'next-fit') port = pickPreferred(heap, a, b, c, this.range, this.cursor, pick);
    if (port === 0) {
      // Summaries tell of "here or everywhere"; another pair of bitmaps must be looked through.
      const scans = b !== EVERYWHERE && a !== ANYWHERE;
      port = scans ? pickNext(heap, a, b, c, this.range, this.cursor) : this.#next(a, b, c, own);
    }
    if (port !== 0) this.cursor = (port + 1) & PORT_MASK;
    return port;
  }

  /** Offsets of the three bitmaps in which a legal port is clear. */
  #bitmaps(slot: number, traits: Traits): readonly [number, number, number] {
    const own = SLOTS + slot * SLOT_WORDS;
    const kind = kindOf(traits);
    const need = this.rules.needs[kind + (slot === 0 ? 2 : 0)];
    if (need === sharing.NEED.freeOnAll) return [ANYWHERE, ANYWHERE, this.heldOnAny];
    if (need === sharing.NEED.freeOnThis) return [own, SLOTS, this.unusable];
    if (need !== sharing.NEED.freeHere) return [ANYWHERE, ANYWHERE, own];
    const barred = kind === OPTION ? this.barredFrom(slot, traits) : -1;
    return [own, EVERYWHERE, barred < 0 ? own : barred];
  }

  /** The next-fit pick among ports clear in three bitmaps, or 0; parameters as in `#seek`. */
  #next(a: number, b: number, c: number, own: number): number {
    const heap = this.heap;
    const cursor = this.cursor;
    const word = cursor >>> 5;
    const clear = ~(heap[a + word]! | heap[b + word]! | heap[c + word]!) & (-1 << cursor);
    return clear === 0 ? this.#seek(a, b, c, own, word) : (word << 5) + lowestBit(clear);
  }

  /**
   * The next port after a bitmap word that is clear in three bitmaps, or 0. `a` and `b` are ANYWHERE
   * twice, or the bitmap of the slot at offset `own` and EVERYWHERE.
   */
  #seek(a: number, b: number, c: number, own: number, after: number): number {
    const heap = this.heap;
    const next = (after + 1) & WORD_MASK;
    const clear = ~(heap[a + next]! | heap[b + next]! | heap[c + next]!);
    if (clear !== 0) return (next << 5) + lowestBit(clear);
    if (a === ANYWHERE) return seekClear(heap, a, b, c, ANYWHERE_SUMMARY, next);
    if (heap[own + OWN_SEEN] !== this.logged) this.catchUp(own);
    return seekClear(heap, a, b, c, own + OWN_SUMMARY, next);
  }
}
