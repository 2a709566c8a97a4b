import type { EventBatch } from '../event/event-batch.ts';
import { EventStore, SEGMENT_ROWS, type Segment } from './event-store.ts';
import { HeldTimeline, TIMELINE_POINTS } from './held-timeline.ts';
import { ReplayState, type StateSave } from './replay-state.ts';

/** Work between two checkpoints, in rows of single calls: what a screen folds in a millisecond or two. */
const LEAST_WORK = 16_384;
const GOOD_WORK = 65_536;
const FAIR_WORK = 2 * GOOD_WORK;
/** Bytes of checkpoints a row should cost, and may: with the row's own 24 below 28, and below 56. */
const GOOD_BYTES_A_ROW = 2.5;
const FAIR_BYTES_A_ROW = 3.5;
const MOST_BYTES_A_ROW = 29;
/** Beyond this a recording of few long rows has checkpoints all the same, in so many bytes. */
const MOST_WORK = 16 * GOOD_WORK;
const MOST_LOOSE_BYTES = 256 * 1024 ** 2;
/** Parts of what is there already in which further rows are folded: the timeline has fewer points. */
const STRIDES = 4 * TIMELINE_POINTS;
/** Ports of a fill or release row that cost as much as a row. */
const PORTS_A_ROW = 8;

/**
 * A recorded run in memory, of which any instant is near: states are kept every so many rows, and from
 * the nearest one the rows are folded. Append batches as they come; what is there can be looked at
 * meanwhile.
 */
export class Replay {
  readonly events = new EventStore();
  /** What was held over the whole run so far. */
  readonly timeline = new HeldTimeline();
  readonly #isWildcard: (address: number) => boolean;
  readonly #checkpoints: StateSave[] = [];
  /** The state after the last row. */
  readonly #head: ReplayState;
  /** Where somebody looks. */
  readonly #cursor: ReplayState;
  #rowsSince = 0;
  #workSince = 0;
  #checkpointBytes = 0;

  /** @param isWildcard whether an address id of the run is a wildcard address */
  constructor(isWildcard: (address: number) => boolean) {
    this.#isWildcard = isWildcard;
    this.#head = new ReplayState(this.#isWildcard);
    this.#cursor = new ReplayState(this.#isWildcard);
    this.#keep();
  }

  get rows(): number {
    return this.events.rows;
  }

  /** The state after the last row so far. */
  get head(): ReplayState {
    return this.#head;
  }

  /** Bytes of rows and checkpoints. */
  get bytes(): number {
    return this.events.bytes + this.#checkpointBytes;
  }

  /** @param batch the caller's to keep; it follows the one before */
  append(batch: EventBatch): void {
    const { events } = this;
    const before = events.rows;
    events.add(batch);
    eachStretch(events, before, events.rows, (segment, from, to) => this.#fold(segment, from, to));
  }

  /**
   * The state after row `seq`; -1 for the one before the first. It is the replay's own, and moves with the
   * next call.
   * @throws RangeError where there is no such row
   */
  seek(seq: number): ReplayState {
    if (!Number.isInteger(seq) || seq < -1 || seq >= this.rows) {
      throw new RangeError(`row ${seq} of ${this.rows}`);
    }
    const cursor = this.#cursor;
    const checkpoint = this.#checkpoints[this.#before(seq)]!;
    if (cursor.seq > seq || cursor.seq < checkpoint.seq) cursor.restore(checkpoint);
    eachStretch(this.events, cursor.seq + 1, seq + 1, (segment, from, to) =>
      cursor.take(segment, from, to),
    );
    return cursor;
  }

  /** Index of the last checkpoint at or before a row. */
  #before(seq: number): number {
    let low = 0;
    let high = this.#checkpoints.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#checkpoints[middle]!.seq <= seq) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Folds a stretch into the head, a few rows at a time, and keeps a checkpoint where enough has come together. */
  #fold(segment: Segment, from: number, to: number): void {
    const head = this.#head;
    for (let at = from; at < to;) {
      const end = this.#strideFrom(segment, at, to);
      const before = head.calls;
      const { holdings, crest } = head;
      crest.held = holdings.held;
      crest.union = holdings.union;
      head.take(segment, at, end);
      this.timeline.add(segment.t(end - 1), holdings, crest);
      this.#rowsSince += end - at;
      this.#workSince += end - at + (head.calls - before) / PORTS_A_ROW;
      if (this.#isDue()) this.#keep();
      at = end;
    }
  }

  /** The end of a few rows to be folded at once: of one point of the timeline, or a single row. */
  #strideFrom(segment: Segment, at: number, to: number): number {
    const stride = Math.max(1, Math.floor((this.#head.seq + 1) / STRIDES));
    let end = Math.min(to, at + stride);
    while (end > at + 1 && !this.timeline.isOnePoint(segment.t(at), segment.t(end - 1))) {
      end = at + ((end - at) >>> 1);
    }
    return end;
  }

  #keep(): void {
    const save = this.#head.save();
    this.#checkpoints.push(save);
    this.#checkpointBytes += save.bytes;
    this.#rowsSince = 0;
    this.#workSince = 0;
  }

  #isDue(): boolean {
    const work = this.#workSince;
    if (work < LEAST_WORK) return false;
    const bytes = this.#head.saveBytes;
    const each = bytes / this.#rowsSince;
    if (work < GOOD_WORK) return each <= GOOD_BYTES_A_ROW;
    if (work < FAIR_WORK) return each <= FAIR_BYTES_A_ROW;
    if (each <= MOST_BYTES_A_ROW) return true;
    return work >= MOST_WORK && this.#checkpointBytes + bytes <= MOST_LOOSE_BYTES;
  }
}

/** Rows `from` to `to - 1`, segment by segment. */
export function eachStretch(
  events: EventStore,
  from: number,
  to: number,
  take: (segment: Segment, from: number, to: number) => void,
): void {
  for (let at = from; at < to;) {
    const segment = events.segmentOf(at)!;
    const start = at % SEGMENT_ROWS;
    const end = Math.min(SEGMENT_ROWS, start + to - at);
    take(segment, start, end);
    at += end - start;
  }
}
