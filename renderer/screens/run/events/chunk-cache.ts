import type { EventBatch } from '#engine/event/event-batch.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { eventAt, type EventRow } from '../../../events/event-row.ts';

/** A recorded chunk, decoded: rows `first` to `first + batch.length - 1`. */
export interface DecodedChunk {
  readonly first: number;
  readonly batch: EventBatch;
}

interface Kept extends DecodedChunk {
  used: number;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** 115 KB each at most. Those in view are kept beyond it. */
const MOST_CHUNKS = 24;

/**
 * Decoded chunks around the rows that are looked at. Chunks are of any size (a slow run is recorded in
 * small ones), so which one holds a row is known only when it came. One is fetched at a time: while
 * somebody drags the scroll bar, what they passed is never asked for.
 */
export class ChunkCache {
  readonly #rows: number;
  readonly #load: (row: number) => Promise<DecodedChunk>;
  readonly #listeners = new Set<() => void>();
  /** By first row. */
  #chunks: Kept[] = [];
  #wanted: Range = { from: 0, to: 0 };
  #busy = false;
  #error: LabError | null = null;
  #uses = 0;
  #version = 0;

  /** @param rows of the run @param load the chunk that holds a row */
  constructor(rows: number, load: (row: number) => Promise<DecodedChunk>) {
    this.#rows = rows;
    this.#load = load;
  }

  /** Rises when rows came, or could not. */
  get version(): number {
    return this.#version;
  }

  /** Why the last chunk could not be had; null when all went well. */
  get error(): LabError | null {
    return this.#error;
  }

  get size(): number {
    return this.#chunks.length;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A row, if it is here. */
  get(row: number): EventRow | undefined {
    const chunk = this.#holding(row);
    if (chunk === undefined) return undefined;
    chunk.used = ++this.#uses;
    return eventAt(chunk.batch, row - chunk.first, row);
  }

  /** Rows `from` to `to - 1` are looked at: they come first, then a chunk on either side. */
  want(from: number, to: number): void {
    this.#wanted = { from: Math.max(0, from), to: Math.min(to, this.#rows) };
    void this.#work();
  }

  /**
   * Rows for copying, in order, whatever is in view.
   * @throws LabError
   */
  async read(from: number, to: number): Promise<EventRow[]> {
    const rows: EventRow[] = [];
    let chunk: DecodedChunk | undefined;
    for (let row = from; row < Math.min(to, this.#rows); row++) {
      if (chunk === undefined || row >= endOf(chunk)) {
        chunk = this.#holding(row) ?? (await this.#fetch(row));
      }
      rows.push(eventAt(chunk.batch, row - chunk.first, row));
    }
    return rows;
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let row = this.#missing(); row !== null; row = this.#missing()) {
        this.#keep(await this.#fetch(row));
        this.#error = null;
        this.#tell();
      }
    } catch (error) {
      this.#error = LabError.from(error);
      this.#tell();
    } finally {
      this.#busy = false;
    }
  }

  async #fetch(row: number): Promise<DecodedChunk> {
    const chunk = await this.#load(row);
    if (chunk.first <= row && row < endOf(chunk)) return chunk;
    throw new LabError(
      'failed',
      `the service gave other events than row ${row}`,
      'reload this screen',
    );
  }

  /** The next row worth fetching: in view, then after, then before. */
  #missing(): number | null {
    const { from, to } = this.#wanted;
    let row = from;
    while (row < to) {
      const chunk = this.#holding(row);
      if (chunk === undefined) return row;
      row = endOf(chunk);
    }
    if (from >= to) return null;
    if (row < this.#rows && this.#holding(row) === undefined) return row;
    const before = (this.#holding(from)?.first ?? 0) - 1;
    return before >= 0 && this.#holding(before) === undefined ? before : null;
  }

  #keep({ first, batch }: DecodedChunk): void {
    this.#chunks.push({ first, batch, used: ++this.#uses });
    this.#chunks.sort((a, b) => a.first - b.first);
    const { from, to } = this.#wanted;
    while (this.#chunks.length > MOST_CHUNKS) {
      // The neighbours of what is in view count as in view: else they were fetched again and again.
      const spare = this.#chunks.filter(
        (chunk) => chunk.first !== first && (chunk.first > to || endOf(chunk) < from),
      );
      if (spare.length === 0) return;
      const oldest = spare.reduce((a, b) => (b.used < a.used ? b : a));
      this.#chunks = this.#chunks.filter((chunk) => chunk !== oldest);
    }
  }

  #holding(row: number): Kept | undefined {
    let [low, high] = [0, this.#chunks.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const chunk = this.#chunks[middle]!;
      if (row < chunk.first) high = middle - 1;
      else if (row >= endOf(chunk)) low = middle + 1;
      else return chunk;
    }
    return undefined;
  }

  #tell(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}

function endOf({ first, batch }: DecodedChunk): number {
  return first + batch.length;
}
