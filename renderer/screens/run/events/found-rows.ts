import { EventBatch } from '#engine/event/event-batch.ts';
import { eventAt, type EventRow } from '../../../events/event-row.ts';

/** Rows that were found are kept whole: nobody wants to fetch a chunk for each of them. */
export const MOST_FOUND = 100_000;

const FIRST_CAPACITY = 1_024;

/** Rows picked out of a run, in order. */
export class FoundRows {
  #seqs = new Float64Array(FIRST_CAPACITY);
  #batch = new EventBatch(FIRST_CAPACITY);
  readonly #most: number;
  /** How often each code was seen. */
  readonly codes = new Map<number, number>();

  constructor(most = MOST_FOUND) {
    this.#most = most;
  }

  get length(): number {
    return this.#batch.length;
  }

  get isFull(): boolean {
    return this.length >= this.#most;
  }

  /** Row `from` of the source becomes the next one here. */
  add(source: EventBatch, from: number, seq: number): void {
    const at = this.length;
    if (at === this.#batch.capacity) this.#grow();
    const batch = this.#batch;
    this.#seqs[at] = seq;
    for (const column of COLUMNS) batch[column][at] = source[column][from] ?? 0;
    batch.length = at + 1;
    const code = source.code[from] ?? 0;
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
  }

  get(at: number): EventRow | undefined {
    return at < this.length ? eventAt(this.#batch, at, this.#seqs[at] ?? 0) : undefined;
  }

  /** Place of the first row with this number or a higher one; the length where there is none. */
  placeOf(seq: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#seqs[middle] ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const old = this.#batch;
    const capacity = old.capacity * 2;
    const seqs = new Float64Array(capacity);
    seqs.set(this.#seqs);
    const batch = new EventBatch(capacity, old.length);
    for (const column of COLUMNS) batch[column].set(old[column]);
    this.#seqs = seqs;
    this.#batch = batch;
  }
}

const COLUMNS = [
  't',
  'dur',
  'socket',
  'value',
  'address',
  'port',
  'code',
  'op',
  'arm',
] as const satisfies readonly (keyof EventBatch)[];
