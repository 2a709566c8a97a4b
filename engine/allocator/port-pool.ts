import type { PortRange } from '../model/port-range.ts';
import { lastPort, MAX_PORT } from '../model/port-range.ts';
import { lowestBit, markMaybeFree, onesFrom, popCount, seekClear } from './bits.ts';
import type { Kind, Traits } from './holder.ts';
import { HOLDER_BITS, KIND, kindOf, modeOf, picksAtRandom } from './holder.ts';
import { pickPreferred, pickUniform } from './pick.ts';
import { PlaceModes } from './place-modes.ts';
import * as layout from './pool-layout.ts';
import type { Random } from './random.ts';
import type { SharingRules } from './sharing-rules.ts';
import * as sharing from './sharing-rules.ts';

// Local copies: V8 folds these into the code it compiles, but not what it reads through an import.
const COUNTS = layout.COUNTS;
const ANYWHERE = layout.ANYWHERE;
const ANYWHERE_SUMMARY = layout.ANYWHERE_SUMMARY;
const EVERYWHERE = layout.EVERYWHERE;
const REFUSED = layout.REFUSED;
const LOG = layout.LOG;
const LOG_ENTRIES = layout.LOG_ENTRIES;
const CURSOR = layout.CURSOR;
const LOGGED = layout.LOGGED;
const NEWEST = layout.NEWEST;
const WEIGHTS = layout.WEIGHTS;
const SLOTS = layout.SLOTS;
const SLOT_WORDS = layout.SLOT_WORDS;
const OWN_SUMMARY = layout.OWN_SUMMARY;
const OWN_SEEN = layout.OWN_SEEN;
const ANYWHERE_ONE = sharing.ANYWHERE_ONE;
const ANYWHERE_MASK = sharing.ANYWHERE_MASK;
const EVERYWHERE_ONE = sharing.EVERYWHERE_ONE;
const BARS_ALL = sharing.BARS_ALL;
const FREE_ON_ALL = sharing.NEED.freeOnAll;
const FREE_HERE = sharing.NEED.freeHere;
const LEGACY = KIND.legacy;
const OPTION = KIND.option;
/** The wildcard address's row in weights. */
const WILDCARD = HOLDER_BITS + 1;
/** Explicit sockets on one number before bind says 10055: keeps the counts from running over. */
const MOST_EXPLICIT = 16_000;

/** An excluded range as a pool sees it. */
export interface PoolExclusion extends PortRange {
  readonly administered: boolean;
}

/**
 * The port numbers of one protocol and family on all addresses of a host. A wildcard-port bind costs
 * a look at one or two words; nothing here walks over ports or addresses, but for the picks of
 * pick.ts. Addresses are slots: 0 the wildcard address, then 1 and up. Not thread-safe.
 */
export class PortPool {
  readonly range: PortRange;
  readonly rules: SharingRules;
  readonly modes = new PlaceModes();
  /** How many ports the last `claimRun` claimed. */
  runLength = 0;
  #heap: Int32Array;
  readonly #random: Random;
  /** For each slot 0, or the slot whose bitmap says what addresses it can't share with hold. */
  readonly #siblings: readonly number[];
  /** The rules are the documented ones and the pick is next-fit: `claim` may take the short way. */
  readonly #plain: boolean;

  /**
   * @param siblings an entry a slot, owned and extended by the caller (see host-addresses.ts)
   */
  constructor(
    range: PortRange,
    exclusions: readonly PoolExclusion[],
    rules: SharingRules,
    siblings: readonly number[],
    random: Random,
  ) {
    this.range = range;
    this.rules = rules;
    this.#random = random;
    this.#siblings = siblings;
    this.#heap = new Int32Array(SLOTS);
    this.#heap.fill(-1, ANYWHERE_SUMMARY, ANYWHERE_SUMMARY + layout.SUMMARY_WORDS);
    this.#heap.set(rules.weights, WEIGHTS);
    this.#heap[NEWEST] = -1;
    this.#heap[CURSOR] = range.start + random.below(range.count);
    this.#plain =
      rules.needs[LEGACY] === FREE_ON_ALL &&
      rules.weights[LEGACY] === BARS_ALL &&
      rules.weights[OPTION] === ANYWHERE_ONE &&
      rules.legacyPick === 'next-fit' &&
      rules.optionPick === 'next-fit' &&
      siblings.every((sibling) => sibling === 0);
    for (let port = 0; port < range.start; port++) this.#count(port, BARS_ALL);
    for (let port = lastPort(range) + 1; port <= MAX_PORT; port++) this.#count(port, BARS_ALL);
    for (const exclusion of exclusions) this.#exclude(exclusion);
    this.growTo(siblings.length);
  }

  /** Makes room for slots that were added. */
  growTo(slots: number): void {
    const old = this.#heap;
    const words = SLOTS + slots * SLOT_WORDS;
    if (words <= old.length) return;
    this.#heap = new Int32Array(words);
    this.#heap.set(old);
    for (let slot = old.length; slot < words; slot += SLOT_WORDS) {
      const summary = slot + OWN_SUMMARY;
      this.#heap.fill(-1, summary, summary + layout.SUMMARY_WORDS);
      this.#heap[slot + OWN_SEEN] = this.#heap[LOGGED]!;
    }
  }

  /**
   * Binds to a wildcard port.
   * @returns the port, or 0 when no legal one is left
   */
  claim(slot: number, traits: Traits): number {
    if (this.#plain) {
      if (traits === OPTION && slot !== 0) return this.#claimHere(slot);
      if (traits === LEGACY) return this.#claimOnAll(slot);
    }
    const port = this.#find(slot, traits);
    if (port !== 0) this.hold(slot, port, traits);
    return port;
  }

  /** `claim` with the option, rules as documented. */
  #claimHere(slot: number): number {
    const heap = this.#heap;
    const own = SLOTS + slot * SLOT_WORDS;
    if (heap[own + OWN_SEEN] !== heap[LOGGED]) this.#catchUp(own);
    const cursor = heap[CURSOR]!;
    let word = cursor >>> 5;
    const clear = ~(heap[own + word]! | heap[EVERYWHERE + word]!) & (-1 << cursor);
    let bit = clear & -clear;
    if (bit === 0) {
      const found = seekClear(heap, own, EVERYWHERE, own, own + OWN_SUMMARY, word);
      if (found === 0) return 0;
      word = found >>> 5;
      bit = 1 << found;
    }
    const port = (word << 5) + 31 - Math.clz32(bit);
    heap[CURSOR] = (port + 1) & MAX_PORT;
    heap[own + word] = heap[own + word]! | bit;
    const count = heap[COUNTS + port]!;
    heap[COUNTS + port] = count + ANYWHERE_ONE;
    if (count === 0) heap[ANYWHERE + word] = heap[ANYWHERE + word]! | bit;
    return port;
  }

  /** `claim` without the option, rules as documented. */
  #claimOnAll(slot: number): number {
    const heap = this.#heap;
    const own = SLOTS + slot * SLOT_WORDS;
    let port = heap[CURSOR]!;
    let word = port >>> 5;
    let bit = 1 << port;
    let held = heap[ANYWHERE + word]!;
    if ((held & bit) !== 0) {
      const clear = ~held & -bit;
      port =
        clear !== 0
          ? (word << 5) + lowestBit(clear)
          : seekClear(heap, ANYWHERE, ANYWHERE, ANYWHERE, ANYWHERE_SUMMARY, word);
      if (port === 0) return 0;
      word = port >>> 5;
      bit = 1 << port;
      held = heap[ANYWHERE + word]!;
    }
    heap[CURSOR] = (port + 1) & MAX_PORT;
    heap[own + word] = heap[own + word]! | bit;
    heap[COUNTS + port] = BARS_ALL;
    heap[ANYWHERE + word] = held | bit;
    heap[EVERYWHERE + word] = heap[EVERYWHERE + word]! | bit;
    return port;
  }

  /** A legal port by whatever rules and pick there are, or 0. */
  #find(slot: number, traits: Traits): number {
    const heap = this.#heap;
    const own = SLOTS + slot * SLOT_WORDS;
    const kind = kindOf(traits);
    const need = this.rules.needs[kind + (slot === 0 ? 2 : 0)];
    let a = ANYWHERE;
    let b = ANYWHERE;
    let c = ANYWHERE;
    let summary = ANYWHERE_SUMMARY;
    if (need === FREE_HERE) {
      if (heap[own + OWN_SEEN] !== heap[LOGGED]) this.#catchUp(own);
      const sibling = kind === OPTION ? this.#siblings[slot]! : 0;
      a = own;
      b = EVERYWHERE;
      c = sibling > 0 ? SLOTS + sibling * SLOT_WORDS : own;
      summary = own + OWN_SUMMARY;
    } else if (need !== FREE_ON_ALL) {
      c = own;
    }
    const pick = kind === OPTION ? this.rules.optionPick : this.rules.legacyPick;
    if (pick === 'random' || picksAtRandom(traits)) {
      return pickUniform(heap, a, b, c, this.range, this.#random);
    }
    const cursor = heap[CURSOR]!;
    let port = 0;
    if (pick !== 'next-fit') port = pickPreferred(heap, a, b, c, this.range, cursor, pick);
    if (port === 0) {
      const word = cursor >>> 5;
      const clear = ~(heap[a + word]! | heap[b + word]! | heap[c + word]!) & (-1 << cursor);
      port = clear !== 0 ? (word << 5) + lowestBit(clear) : seekClear(heap, a, b, c, summary, word);
    }
    if (port !== 0) heap[CURSOR] = (port + 1) & MAX_PORT;
    return port;
  }
}
