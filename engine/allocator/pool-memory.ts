import * as bits from './bits.ts';
import * as layout from './pool-layout.ts';

// Local copies: V8 folds these into the code it compiles, but not what it reads through an import.
const ANYWHERE_SUMMARY = layout.ANYWHERE_SUMMARY;
const REFUSED = layout.REFUSED;
const LOG = layout.LOG;
const LOG_MASK = layout.LOG_ENTRIES - 1;
const SLOTS = layout.SLOTS;
const SLOT_WORDS = layout.SLOT_WORDS;
const OWN_SUMMARY = layout.OWN_SUMMARY;
const OWN_SEEN = layout.OWN_SEEN;
const markMaybeFree = bits.markMaybeFree;

/**
 * The one array of a pool (pool-layout.ts): its growth as addresses come, plain questions to its
 * bitmaps, and the log that keeps summaries true. Who may hold what is pool-heap.ts's.
 */
export class PoolMemory {
  /** Replaced when slots or bitmaps are added. */
  protected heap = new Int32Array(SLOTS);
  /** Entries ever written to the log, an int32 that wraps. */
  protected logged = 0;
  /** The newest entry while nobody has read it, else -1. */
  protected newest = -1;
  readonly #groups: readonly number[];
  #slots = 0;
  /** Bitmaps after the slots. */
  #bitmaps = 0;

  /** @param groups an entry a slot; owned and extended by the caller (host-addresses.ts) */
  constructor(groups: readonly number[]) {
    this.#groups = groups;
    this.heap.fill(-1, ANYWHERE_SUMMARY, ANYWHERE_SUMMARY + layout.SUMMARY_WORDS);
    this.grow();
  }

  /** Slots there are, the wildcard address's among them. */
  get slots(): number {
    return this.#slots;
  }

  /** Makes room for slots that were added. */
  grow(): void {
    const from = this.#slots;
    if (this.#groups.length <= from) return;
    this.#slots = this.#groups.length;
    this.#remake(from);
    for (let slot = from; slot < this.#slots; slot++) {
      const own = SLOTS + slot * SLOT_WORDS;
      const summary = own + OWN_SUMMARY;
      this.heap.fill(-1, summary, summary + layout.SUMMARY_WORDS);
      this.heap[own + OWN_SEEN] = this.logged;
    }
    // The new slots stand at the log's end without having read it (see `catchUp`).
    this.newest = -1;
  }

  /** Makes room for one bitmap more after the slots. @returns its index, for `bitmapAt` */
  protected addBitmap(): number {
    this.#bitmaps++;
    this.#remake(this.#slots);
    return this.#bitmaps - 1;
  }

  /** Offset of a bitmap after the slots; it moves when slots are added. */
  protected bitmapAt(index: number): number {
    return SLOTS + this.#slots * SLOT_WORDS + index * layout.BITMAP_WORDS;
  }

  /** @param slots how many of them the old heap has */
  #remake(slots: number): void {
    const old = this.heap;
    const oldEnd = SLOTS + slots * SLOT_WORDS;
    const end = SLOTS + this.#slots * SLOT_WORDS;
    this.heap = new Int32Array(end + this.#bitmaps * layout.BITMAP_WORDS);
    this.heap.set(old.subarray(0, oldEnd));
    this.heap.set(old.subarray(oldEnd), end);
  }

  /** Whether any socket holds the port on this very address. */
  isHeld(slot: number, port: number): boolean {
    return (this.heap[SLOTS + slot * SLOT_WORDS + (port >>> 5)]! & (1 << port)) !== 0;
  }

  /** Whether any socket holds the port on any address. Looks at every address. */
  isHeldAnywhere(port: number): boolean {
    for (let slot = 0; slot < this.#slots; slot++) if (this.isHeld(slot, port)) return true;
    return false;
  }

  /** Whether explicit binds are refused: in an exclusion that no administrator made, or in a reserved block. */
  isRefused(port: number): boolean {
    return (this.heap[REFUSED + (port >>> 5)]! & (1 << port)) !== 0;
  }

  /** A word of a bitmap. @param offset as pool-layout.ts says */
  word(offset: number): number {
    return this.heap[offset]!;
  }

  /**
   * Leaves word that EVERYWHERE has a clear bit more, for every address to take into its summary
   * when it is next used: telling all of them now would cost a step an address.
   */
  protected log(word: number): void {
    this.heap[LOG + (this.logged & LOG_MASK)] = word;
    this.logged = (this.logged + 1) | 0;
    this.newest = word;
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
    this.newest = -1;
  }
}
