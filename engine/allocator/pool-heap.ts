import type { PortRange } from '../model/port-range.ts';
import { lastPort, MAX_PORT } from '../model/port-range.ts';
import * as bits from './bits.ts';
import type { Traits } from './holder.ts';
import { HOLDER_BITS, KIND, kindOf, MODE, modeOf } from './holder.ts';
import { PlaceModes } from './place-modes.ts';
import * as layout from './pool-layout.ts';
import type { SharingRules } from './sharing-rules.ts';
import * as sharing from './sharing-rules.ts';

// Local copies: V8 folds these into the code it compiles, but not what it reads through an import.
const COUNTS = layout.COUNTS;
const ANYWHERE = layout.ANYWHERE;
const ANYWHERE_SUMMARY = layout.ANYWHERE_SUMMARY;
const EVERYWHERE = layout.EVERYWHERE;
const REFUSED = layout.REFUSED;
const LOG = layout.LOG;
const LOG_MASK = layout.LOG_ENTRIES - 1;
const SLOTS = layout.SLOTS;
const SLOT_WORDS = layout.SLOT_WORDS;
const OWN_SUMMARY = layout.OWN_SUMMARY;
const OWN_SEEN = layout.OWN_SEEN;
const ANYWHERE_MASK = sharing.ANYWHERE_MASK;
const EVERYWHERE_ONE = sharing.EVERYWHERE_ONE;
const TRAITS_MASK = HOLDER_BITS;
const markMaybeFree = bits.markMaybeFree;
/** The wildcard address's row in the weights. */
const WILDCARD = TRAITS_MASK + 1;

/** Sockets on one number before an explicit bind is refused; far beyond what a host would bear. */
const MOST_HOLDERS = 65_000;
const MOST_BARRING = 16_000;

/** An excluded range as a pool sees it. */
export interface PoolExclusion extends PortRange {
  readonly administered: boolean;
}

/**
 * Who holds which port number on which address, in bitmaps: taking and giving back, no choosing.
 * Addresses are slots: 0 is the wildcard address, specific ones are 1 and up.
 */
export class PoolHeap {
  /** See pool-layout.ts. Replaced when slots are added. */
  protected heap: Int32Array;
  /** Entries ever written to the log, an int32 that wraps. */
  protected logged = 0;
  /** The newest entry while nobody has read it, else -1. */
  #newest = -1;
  /** Some addresses can't share numbers. */
  readonly #apart: boolean;
  readonly #weights: readonly number[];
  /** Holders that a bit can't tell. */
  readonly modes = new PlaceModes();
  /** For each slot 0, or the slot of the numbers its address can't share, or -1 if it is such a one. */
  protected readonly siblings: readonly number[];

  /** @param siblings owned and extended by the caller (host-addresses.ts) */
  constructor(
    range: PortRange,
    exclusions: readonly PoolExclusion[],
    rules: SharingRules,
    siblings: readonly number[],
  ) {
    this.siblings = siblings;
    this.heap = new Int32Array(SLOTS);
    this.heap.fill(-1, ANYWHERE_SUMMARY, ANYWHERE_SUMMARY + layout.SUMMARY_WORDS);
    this.#weights = rules.weights;
    this.#apart = !rules.allAddressesShare;
    for (let port = 0; port < range.start; port++) this.#bar(port, sharing.BARS_ALL);
    for (let port = lastPort(range) + 1; port <= MAX_PORT; port++)
      this.#bar(port, sharing.BARS_ALL);
    for (const { start, count, administered } of exclusions) {
      for (let port = start; port < start + count; port++) {
        this.#bar(port, rules.exclusionWeight);
        if (!administered) this.heap[REFUSED + (port >>> 5)]! |= 1 << port;
      }
    }
    this.grow();
  }

  /** Makes room for slots that were added to `siblings`. */
  grow(): void {
    const old = this.heap;
    const words = SLOTS + this.siblings.length * SLOT_WORDS;
    if (words <= old.length) return;
    this.heap = new Int32Array(words);
    this.heap.set(old);
    for (let slot = old.length; slot < words; slot += SLOT_WORDS) {
      const summary = slot + OWN_SUMMARY;
      this.heap.fill(-1, summary, summary + layout.SUMMARY_WORDS);
      this.heap[slot + OWN_SEEN] = this.logged;
    }
    // The new slots stand at the log's end without having read it (see `catchUp`).
    this.#newest = -1;
  }

  /** Slots there are, the wildcard address's among them; some may be no address (`isAddress`). */
  get slots(): number {
    return this.siblings.length;
  }

  isAddress(slot: number): boolean {
    return this.siblings[slot]! >= 0;
  }

  /** Whether any socket holds the port on this very address. */
  isHeld(slot: number, port: number): boolean {
    return (this.heap[SLOTS + slot * SLOT_WORDS + (port >>> 5)]! & (1 << port)) !== 0;
  }

  /** Whether explicit binds are refused: in an exclusion that no administrator made. */
  isRefused(port: number): boolean {
    return (this.heap[REFUSED + (port >>> 5)]! & (1 << port)) !== 0;
  }

  /** A word of a bitmap. @param offset as pool-layout.ts says */
  word(offset: number): number {
    return this.heap[offset]!;
  }

  /** How many numbers of the range an option-less wildcard-port bind could still get. */
  freeOnAll(): number {
    let free = 0;
    for (let word = ANYWHERE; word < ANYWHERE + layout.BITMAP_WORDS; word++) {
      free += bits.popCount(~this.heap[word]!);
    }
    return free;
  }

  /** Whether a port's count can take one more explicit holder, and an option holder an address. */
  hasRoom(port: number): boolean {
    const count = this.heap[COUNTS + port]!;
    return (count & ANYWHERE_MASK) < MOST_HOLDERS && count >>> 17 < MOST_BARRING;
  }

  /** Notes one more holder. Whether that is legal is the caller's to know. */
  hold(slot: number, port: number, traits: Traits): void {
    const heap = this.heap;
    const own = SLOTS + slot * SLOT_WORDS + (port >>> 5);
    const bit = 1 << port;
    const mode = modeOf(traits);
    const held = (heap[own]! & bit) !== 0;
    if (held || mode !== MODE.default) this.modes.add(slot, port, mode, held);
    heap[own] = heap[own]! | bit;
    this.#bar(port, this.#weight(slot, traits));
    if (this.#apart === true) this.#note(slot, port, traits, true);
  }

  /** Forgets one holder. @param traits as it was held with */
  release(slot: number, port: number, traits: Traits): void {
    if (this.#apart === true) this.#note(slot, port, traits, false);
    if (this.modes.size === 0 || this.modes.remove(slot, port, modeOf(traits))) {
      const heap = this.heap;
      const own = SLOTS + slot * SLOT_WORDS;
      const word = port >>> 5;
      const held = heap[own + word]!;
      heap[own + word] = held & ~(1 << port);
      // A summary bit may only be clear over a full word, so only such a word needs the mark.
      if ((held | heap[EVERYWHERE + word]!) === -1) markMaybeFree(heap, own + OWN_SUMMARY, word);
    }
    this.#unbar(port, this.#weight(slot, traits));
  }

  #unbar(port: number, weight: number): void {
    const heap = this.heap;
    const word = port >>> 5;
    const count = (heap[COUNTS + port]! - weight) | 0;
    heap[COUNTS + port] = count;
    if ((count & ANYWHERE_MASK) === 0) {
      const held = heap[ANYWHERE + word]!;
      heap[ANYWHERE + word] = held & ~(1 << port);
      if (held === -1) markMaybeFree(heap, ANYWHERE_SUMMARY, word);
    }
    if (weight >= EVERYWHERE_ONE && count < EVERYWHERE_ONE) {
      heap[EVERYWHERE + word] = heap[EVERYWHERE + word]! & ~(1 << port);
      if (this.#newest !== word) this.#log(word);
    }
  }

  /**
   * Notes default-mode holders of `count` consecutive ports of one bitmap word that nobody holds
   * on this address.
   */
  protected holdInWord(slot: number, first: number, count: number, weight: number): void {
    const heap = this.heap;
    const word = first >>> 5;
    const mask = bits.onesFrom(first & 31, count);
    const own = SLOTS + slot * SLOT_WORDS + word;
    heap[own] = heap[own]! | mask;
    if ((weight & ANYWHERE_MASK) !== 0) heap[ANYWHERE + word] = heap[ANYWHERE + word]! | mask;
    if (weight >= EVERYWHERE_ONE) heap[EVERYWHERE + word] = heap[EVERYWHERE + word]! | mask;
    for (let port = COUNTS + first; port < COUNTS + first + count; port++) {
      heap[port] = heap[port]! + weight;
    }
  }

  /** Keeps the bitmap of what addresses that can't share with this one must not pick. */
  #note(slot: number, port: number, traits: Traits, held: boolean): void {
    const sibling = this.siblings[slot]!;
    if (sibling <= 0 || kindOf(traits) !== KIND.option) return;
    const word = SLOTS + sibling * SLOT_WORDS + (port >>> 5);
    const others = this.heap[word]! & ~(1 << port);
    this.heap[word] = held ? others | (1 << port) : others;
  }

  #weight(slot: number, traits: Traits): number {
    return this.#weights[(traits & TRAITS_MASK) + (slot === 0 ? WILDCARD : 0)]!;
  }

  #bar(port: number, weight: number): void {
    const heap = this.heap;
    const word = port >>> 5;
    const bit = 1 << port;
    const count = heap[COUNTS + port]! + weight;
    heap[COUNTS + port] = count;
    if ((count & ANYWHERE_MASK) !== 0) heap[ANYWHERE + word] = heap[ANYWHERE + word]! | bit;
    if (count >= EVERYWHERE_ONE) heap[EVERYWHERE + word] = heap[EVERYWHERE + word]! | bit;
  }

  /**
   * Leaves word that EVERYWHERE has a clear bit more, for every address to take into its summary
   * when it is next used: telling all of them now would cost a step an address.
   */
  #log(word: number): void {
    this.heap[LOG + (this.logged & LOG_MASK)] = word;
    this.logged = (this.logged + 1) | 0;
    this.#newest = word;
  }

  /** Brings a slot's summary up to date with the log. @param own the slot's offset */
  protected catchUp(own: number): void {
    const heap = this.heap;
    const logged = this.logged;
    const seen = heap[own + OWN_SEEN]!;
    const summary = own + OWN_SUMMARY;
    if ((logged - seen) >>> 0 > LOG_MASK) {
      heap.fill(-1, summary, summary + layout.SUMMARY_WORDS);
    } else {
      for (let entry = seen; entry !== logged; entry = (entry + 1) | 0) {
        markMaybeFree(heap, summary, heap[LOG + (entry & LOG_MASK)]!);
      }
    }
    heap[own + OWN_SEEN] = logged;
    // From here on this slot may unmark the newest word again, so the next clear bit must be logged.
    this.#newest = -1;
  }
}
