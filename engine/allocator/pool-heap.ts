import type { PortRange } from '../model/port-range.ts';
import { lastPort, MAX_PORT } from '../model/port-range.ts';
import * as bits from './bits.ts';
import type { Traits } from './holder.ts';
import { HOLDER_BITS, KIND, kindOf, MODE, modeOf } from './holder.ts';
import { type BarredFor, OptionLedger } from './option-ledger.ts';
import { PlaceModes } from './place-modes.ts';
import * as layout from './pool-layout.ts';
import { PoolMemory } from './pool-memory.ts';
import { SharedPlaces } from './shared-places.ts';
import type { Need, SharingRules } from './sharing-rules.ts';
import * as sharing from './sharing-rules.ts';

// Local copies: V8 folds these into the code it compiles, but not what it reads through an import.
const COUNTS = layout.COUNTS;
const ANYWHERE = layout.ANYWHERE;
const ANYWHERE_SUMMARY = layout.ANYWHERE_SUMMARY;
const EVERYWHERE = layout.EVERYWHERE;
const REFUSED = layout.REFUSED;
const SLOTS = layout.SLOTS;
const SLOT_WORDS = layout.SLOT_WORDS;
const OWN_SUMMARY = layout.OWN_SUMMARY;
const LEGACY = KIND.legacy;
const OPTION = KIND.option;
const BARS_ALL = sharing.BARS_ALL;
const ANYWHERE_MASK = sharing.ANYWHERE_MASK;
const EVERYWHERE_ONE = sharing.EVERYWHERE_ONE;
const TRAITS_MASK = HOLDER_BITS;
const NEED = sharing.NEED;
const markMaybeFree = bits.markMaybeFree;
/** The wildcard address's row in the weights. */
const WILDCARD = TRAITS_MASK + 1;

/** Sockets on one number before an explicit bind is refused; far beyond what a host would bear. */
const MOST_HOLDERS = 65_000;
const MOST_BARRING = 16_000;

const NO_PORTS: PortRange = { start: 1, count: 0 };

/** An excluded range as a pool sees it. */
export interface PoolExclusion extends PortRange {
  readonly administered: boolean;
}

/** Numbers some binds may not have because of others' option sockets, and the bitmap that says so. */
interface BarredSet extends BarredFor {
  readonly index: number;
}

/**
 * Who holds which port number on which address, in bitmaps: taking and giving back, no choosing.
 * Addresses are slots: 0 is the wildcard address, specific ones are 1 and up.
 */
export class PoolHeap extends PoolMemory {
  readonly #weights: readonly number[];
  /** Holders that a bit can't tell. */
  readonly modes = new PlaceModes();
  /** What the option holds, where a rule asks. */
  readonly option: OptionLedger | null;
  /** Holders that share a number by 4-tuple, where there can be any. */
  readonly shared: SharedPlaces | null;
  /** `option` or `shared` is there. One flag, for what is asked at every hold and release. */
  readonly #accounts: boolean;
  /** No accounts, and holders without and with the option weigh as documented. */
  readonly #bitsTellAll: boolean;
  /** Bitmaps after the slots: numbers barred to some binds because of others' option sockets. */
  readonly #barred: BarredSet[] = [];
  /** Index of the bitmap after the slots of numbers no wildcard-port bind may have; -1 where no rule asks. */
  readonly #unusable: number = -1;
  /** The same without reserved blocks, which come and go. */
  readonly #neverUsable: Uint8Array = new Uint8Array(0);
  /** Holders of each number, and a bitmap after the slots of who has any: where counts don't tell (A3, A10). */
  readonly #holders: Uint32Array | null;
  readonly #heldIndex: number = -1;

  /**
   * @param keptOut numbers wildcard-port binds never get, though nobody is refused them (A26)
   * @param groups owned and extended by the caller (host-addresses.ts)
   */
  constructor(
    range: PortRange,
    exclusions: readonly PoolExclusion[],
    rules: SharingRules,
    groups: readonly number[],
    keptOut: PortRange = NO_PORTS,
  ) {
    super(groups);
    this.#weights = rules.weights;
    const { explicitOnOption, sameProcessOnly, allAddressesShare, exhausted, starved } = rules;
    const places = explicitOnOption !== null || exhausted !== starved;
    this.option =
      sameProcessOnly || !allAddressesShare || places
        ? new OptionLedger(groups, sameProcessOnly, places)
        : null;
    this.shared = rules.sharedRange === null ? null : new SharedPlaces(rules.sharedRange);
    this.#accounts = this.option !== null || this.shared !== null || rules.uncounted;
    this.#bitsTellAll =
      !this.#accounts &&
      rules.weights[LEGACY] === BARS_ALL &&
      rules.weights[OPTION] === sharing.ANYWHERE_ONE;
    this.#holders = rules.uncounted ? new Uint32Array(layout.PORTS) : null;
    if (rules.uncounted) this.#heldIndex = this.addBitmap();
    if (rules.legacyPerAddress) {
      this.#unusable = this.addBitmap();
      this.#neverUsable = new Uint8Array(layout.PORTS);
    }
    this.#barRange({ start: 0, count: range.start }, BARS_ALL);
    this.#barRange({ start: lastPort(range) + 1, count: MAX_PORT - lastPort(range) }, BARS_ALL);
    for (const exclusion of exclusions) {
      this.#barRange(exclusion, rules.exclusionWeight);
      if (!exclusion.administered) this.#setBits(REFUSED, exclusion, true);
    }
    this.#barRange(keptOut, BARS_ALL);
  }

  /** Takes numbers out of what wildcard-port binds may have, for good. */
  #barRange(range: PortRange, weight: number): void {
    for (let port = range.start; port < range.start + range.count; port++) this.#bar(port, weight);
    if (this.#unusable < 0) return;
    this.#setBits(this.unusable, range, true);
    this.#neverUsable.fill(1, range.start, range.start + range.count);
  }

  #setBits(bitmap: number, { start, count }: PortRange, on: boolean): void {
    for (let port = start; port < start + count; port++) {
      const others = this.heap[bitmap + (port >>> 5)]! & ~(1 << port);
      this.heap[bitmap + (port >>> 5)] = on ? others | (1 << port) : others;
    }
  }

  /** Offset of the bitmap of numbers no wildcard-port bind may have: kept where `legacyPerAddress` is. */
  protected get unusable(): number {
    return this.bitmapAt(this.#unusable);
  }

  /** Offset of the bitmap of numbers held on some address; ANYWHERE where counts tell as much. */
  protected get heldOnAny(): number {
    return this.#heldIndex < 0 ? ANYWHERE : this.bitmapAt(this.#heldIndex);
  }

  /** A word of the numbers an option-less bind to the wildcard address can't have. */
  takenWord(word: number): number {
    return this.heap[ANYWHERE + word]! | this.heap[this.heldOnAny + word]!;
  }

  /** How many numbers that wildcard-port binds may have are held on no address. */
  freeOnAll(): number {
    let free = 0;
    for (let word = 0; word < layout.BITMAP_WORDS; word++) {
      free += bits.popCount(~this.takenWord(word));
    }
    return free;
  }

  /**
   * Offset of the bitmap of numbers that others' option sockets bar to an option bind; -1 where they
   * bar none.
   */
  protected barredFrom(slot: number, traits: Traits): number {
    const wanted = this.option?.barredFor(slot, traits);
    if (this.option === null || wanted === undefined) return -1;
    const { group, process } = wanted;
    let set = this.#barred.find((one) => one.group === group && one.process === process);
    if (set === undefined) {
      set = { ...wanted, index: this.addBitmap() };
      this.#barred.push(set);
      for (let port = 0; port < layout.PORTS; port++) this.#setBarred(set, port);
    }
    return this.bitmapAt(set.index);
  }

  /** An address is in another group now than it was (it came back on another adapter). */
  regroup(slot: number, before: number): void {
    if (this.option === null || !this.option.regroup(slot, before)) return;
    for (const set of this.#barred) {
      for (let port = 0; port < layout.PORTS; port++) this.#setBarred(set, port);
    }
  }

  #setBarred(set: BarredSet, port: number): void {
    const barred = this.option!.isBarred(set, port);
    this.#setBits(this.bitmapAt(set.index), { start: port, count: 1 }, barred);
  }

  /** Whether an option-less wildcard-port bind could have a number if the option held nothing. */
  isFreeWithoutOption(slot: number, port: number, need: Need): boolean {
    const ledger = this.option!;
    const count = this.heap[COUNTS + port]! - ledger.weightOf(port);
    const free = (at: number): boolean =>
      !this.isHeld(at, port) || (ledger.isHeldOn(at, port) && this.modes.isAlone(at, port));
    if (need === NEED.freeOnThis) {
      const unusable = this.heap[this.unusable + (port >>> 5)]! & (1 << port);
      return unusable === 0 && free(slot) && free(0);
    }
    if (need === NEED.freeHereAndForLegacy && !free(slot)) return false;
    const uncounted = this.#holders === null ? 0 : this.#holders[port]! - ledger.countOf(port);
    if (need === NEED.freeOnAll && uncounted > 0) return false;
    return (count & ANYWHERE_MASK) === 0;
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
    if (this.#accounts === true) this.#note(slot, port, traits, true);
  }

  /** Forgets one holder. @param traits as it was held with */
  release(slot: number, port: number, traits: Traits): void {
    if (this.#bitsTellAll === true && this.modes.size === 0 && slot !== 0) {
      if (traits === OPTION) return this.#releaseOption(slot, port);
      if (traits === LEGACY) return this.#releaseLegacy(slot, port);
    }
    this.#releaseByRules(slot, port, traits);
  }

  /** `release` under any rules. Apart from it, so that V8 inlines the short ways. */
  #releaseByRules(slot: number, port: number, traits: Traits): void {
    if (this.#accounts === true) this.#note(slot, port, traits, false);
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

  /** `release` of what option sockets hold, where bits tell everything: the same in one go. */
  #releaseOption(slot: number, port: number): void {
    const heap = this.heap;
    const own = SLOTS + slot * SLOT_WORDS;
    const word = port >>> 5;
    const others = ~(1 << port);
    const held = heap[own + word]!;
    const count = (heap[COUNTS + port]! - 1) | 0;
    heap[own + word] = held & others;
    heap[COUNTS + port] = count;
    if ((held | heap[EVERYWHERE + word]!) === -1) markMaybeFree(heap, own + OWN_SUMMARY, word);
    if ((count & ANYWHERE_MASK) !== 0) return;
    const anywhere = heap[ANYWHERE + word]!;
    heap[ANYWHERE + word] = anywhere & others;
    if (anywhere === -1) markMaybeFree(heap, ANYWHERE_SUMMARY, word);
  }

  /** `release` of what option-less sockets hold, where bits tell everything: the same in one go. */
  #releaseLegacy(slot: number, port: number): void {
    const heap = this.heap;
    const own = SLOTS + slot * SLOT_WORDS;
    const word = port >>> 5;
    const others = ~(1 << port);
    const held = heap[own + word]!;
    const everywhere = heap[EVERYWHERE + word]!;
    const count = (heap[COUNTS + port]! - BARS_ALL) | 0;
    heap[own + word] = held & others;
    heap[COUNTS + port] = count;
    if ((held | everywhere) === -1) markMaybeFree(heap, own + OWN_SUMMARY, word);
    if ((count & ANYWHERE_MASK) === 0) {
      const anywhere = heap[ANYWHERE + word]!;
      heap[ANYWHERE + word] = anywhere & others;
      if (anywhere === -1) markMaybeFree(heap, ANYWHERE_SUMMARY, word);
    }
    if (count < EVERYWHERE_ONE) {
      heap[EVERYWHERE + word] = everywhere & others;
      if (this.newest !== word) this.log(word);
    }
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
      if (this.newest !== word) this.log(word);
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

  /** Keeps the accounts bits don't keep: what the option holds and bars, who is in a shared range. */
  #note(slot: number, port: number, traits: Traits, held: boolean): void {
    const kind = kindOf(traits);
    if (kind !== KIND.reuse) this.shared?.noteOther(port, held ? 1 : -1);
    if (this.#holders !== null) {
      this.#holders[port]! += held ? 1 : -1;
      this.#setBits(this.heldOnAny, { start: port, count: 1 }, this.#holders[port]! > 0);
    }
    if (this.option === null || kind !== KIND.option) return;
    this.option.note(slot, port, traits, this.#weight(slot, traits), held);
    for (const set of this.#barred) this.#setBarred(set, port);
  }

  /**
   * Takes numbers out for a reservation, or gives them back: wildcard-port binds skip them, explicit
   * ones are refused.
   */
  reserveBlock(block: PortRange, reserved: boolean): void {
    for (let port = block.start; port < block.start + block.count; port++) {
      if (reserved) this.#bar(port, BARS_ALL);
      else this.#unbar(port, BARS_ALL);
    }
    this.#setBits(REFUSED, block, reserved);
    if (this.#unusable < 0) return;
    for (let port = block.start; port < block.start + block.count; port++) {
      this.#setBits(
        this.unusable,
        { start: port, count: 1 },
        reserved || this.#neverUsable[port] === 1,
      );
    }
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
}
