import type { EventBatch } from '../event/event-batch.ts';
import { OP } from '../event/op.ts';

/** Rows of a segment: 24 bytes each. */
export const SEGMENT_ROWS = 4_096;
const SEGMENT_SHIFT = 12;
const TWO_32 = 4_294_967_296;

/** Rows of other processes come with their answer: by so much one may begin before the first of its segment. */
const LATE_NS = 2 ** 28;

/** Where op, arm and code lie in their common column. */
const ARM_SHIFT = 8;
const CODE_SHIFT = 16;

/**
 * 4,096 rows of a recording, column by column: what scans read in their inner loops. The last one may
 * be filled in part.
 */
export class Segment {
  /** ns since `base`; of a segment whose rows lie too far apart, see `wide`. */
  readonly since: Uint32Array;
  readonly dur: Uint32Array;
  readonly socket: Uint32Array;
  readonly value: Uint32Array;
  /** Op in the lowest byte, arm in the next, code above. */
  readonly what: Uint32Array;
  readonly address: Uint16Array;
  readonly port: Uint16Array;
  readonly base: number;
  /** Starts of calls where 4 s are not enough for the segment, or a row begins long before the first. */
  wide: Float64Array | null = null;
  length = 0;

  /** @param first start of its first row */
  constructor(first: number) {
    const n = SEGMENT_ROWS;
    const buffer = new ArrayBuffer(n * 24);
    this.since = new Uint32Array(buffer, 0, n);
    this.dur = new Uint32Array(buffer, n * 4, n);
    this.socket = new Uint32Array(buffer, n * 8, n);
    this.value = new Uint32Array(buffer, n * 12, n);
    this.what = new Uint32Array(buffer, n * 16, n);
    this.address = new Uint16Array(buffer, n * 20, n);
    this.port = new Uint16Array(buffer, n * 22, n);
    this.base = first - LATE_NS;
  }

  /** Start of a row's call, ns. */
  t(at: number): number {
    return this.wide === null ? this.base + this.since[at]! : this.wide[at]!;
  }

  add(batch: EventBatch, row: number): void {
    const at = this.length++;
    this.#setTime(at, batch.t[row]!);
    this.dur[at] = batch.dur[row]!;
    this.socket[at] = batch.socket[row]!;
    this.value[at] = batch.value[row]!;
    this.what[at] =
      batch.op[row]! | (batch.arm[row]! << ARM_SHIFT) | (batch.code[row]! << CODE_SHIFT);
    this.address[at] = batch.address[row]!;
    this.port[at] = batch.port[row]!;
  }

  #setTime(at: number, t: number): void {
    const since = t - this.base;
    if (this.wide === null && since >= 0 && since < TWO_32) {
      this.since[at] = since;
      return;
    }
    if (this.wide === null) {
      this.wide = new Float64Array(SEGMENT_ROWS);
      for (let before = 0; before < at; before++) {
        this.wide[before] = this.base + this.since[before]!;
      }
    }
    this.wide[at] = t;
  }
}

/** How long a row took, ns: of a wait its own column holds no more than 4.3 s. */
function tookOf({ op, dur, value }: EventBatch, row: number): number {
  return op[row] === OP.wait ? Math.max(dur[row]!, value[row]! * 1e6) : dur[row]!;
}

export function opOf(what: number): number {
  return what & 0xff;
}

export function armOf(what: number): number {
  return (what >>> ARM_SHIFT) & 0xff;
}

export function codeOf(what: number): number {
  return what >>> CODE_SHIFT;
}

/** One row by names. `t` and `dur` in ns. */
export interface StoredRow {
  readonly seq: number;
  readonly t: number;
  readonly dur: number;
  readonly op: number;
  readonly arm: number;
  readonly socket: number;
  readonly address: number;
  readonly port: number;
  readonly code: number;
  readonly value: number;
}

/**
 * A recording's rows in memory, 24 bytes each, to be read at any place. Batches come in order and stay
 * the caller's.
 */
export class EventStore {
  readonly #segments: Segment[] = [];
  /** By segment, the latest start of any row in it or before. */
  readonly #latest: number[] = [];
  #rows = 0;
  #end = 0;

  get rows(): number {
    return this.#rows;
  }

  /** End of the last call to end, ns. */
  get end(): number {
    return this.#end;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** Bytes the rows take. */
  get bytes(): number {
    return this.#segments.reduce(
      (sum, { since, wide }) => sum + since.buffer.byteLength + (wide?.byteLength ?? 0),
      0,
    );
  }

  add(batch: EventBatch): void {
    for (let row = 0; row < batch.length; row++) {
      const t = batch.t[row]!;
      let segment = this.#segments[this.#rows >>> SEGMENT_SHIFT];
      if (segment === undefined) {
        segment = new Segment(t);
        this.#segments.push(segment);
        this.#latest.push(this.#latest.at(-1) ?? t);
      }
      segment.add(batch, row);
      this.#rows++;
      const last = this.#latest.length - 1;
      if (t > this.#latest[last]!) this.#latest[last] = t;
      const end = t + tookOf(batch, row);
      if (end > this.#end) this.#end = end;
    }
  }

  segmentOf(seq: number): Segment | undefined {
    return this.#segments[seq >>> SEGMENT_SHIFT];
  }

  /** Start of a row's call, ns. @param seq of a row that is there */
  t(seq: number): number {
    return this.segmentOf(seq)?.t(seq & (SEGMENT_ROWS - 1)) ?? 0;
  }

  row(seq: number): StoredRow | undefined {
    const segment = seq < 0 || seq >= this.#rows ? undefined : this.segmentOf(seq);
    if (segment === undefined) return undefined;
    const at = seq & (SEGMENT_ROWS - 1);
    const what = segment.what[at]!;
    return {
      seq,
      t: segment.t(at),
      dur: segment.dur[at]!,
      op: opOf(what),
      arm: armOf(what),
      socket: segment.socket[at]!,
      address: segment.address[at]!,
      port: segment.port[at]!,
      code: codeOf(what),
      value: segment.value[at]!,
    };
  }

  /**
   * The last row that, with all rows before it, has begun by `t`; -1 where none has. Rows of several
   * processes may come a little out of order: a row counts as begun with the latest before it.
   */
  seqAt(t: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#latest[middle]! <= t) low = middle + 1;
      else high = middle;
    }
    const segment = this.#segments[low];
    if (segment === undefined) return this.#rows - 1;
    let at = 0;
    while (at < segment.length && segment.t(at) <= t) at++;
    return low * SEGMENT_ROWS + at - 1;
  }

  /** The first row from `seq` on, or the last up to it, that `wanted` takes; -1 where there is none. */
  find(seq: number, step: 1 | -1, wanted: (what: number, value: number) => boolean): number {
    for (let at = seq; at >= 0 && at < this.#rows; at += step) {
      const segment = this.#segments[at >>> SEGMENT_SHIFT]!;
      const row = at & (SEGMENT_ROWS - 1);
      if (wanted(segment.what[row]!, segment.value[row]!)) return at;
    }
    return -1;
  }
}
