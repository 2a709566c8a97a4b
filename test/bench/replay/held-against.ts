import type { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { opOf, type EventStore } from '#engine/replay/event-store.ts';

/** The yardsticks: what nothing that reads or keeps so many rows can do without. */

/** Rows put into plain columns one by one: what keeping them costs where they are only kept. */
export class PlainRows {
  readonly #t: Float64Array;
  readonly #wide: readonly Uint32Array[];
  readonly #narrow: readonly Uint16Array[];
  readonly #bytes: readonly Uint8Array[];
  #length = 0;

  /** Its memory is touched, so that the system's part in it is not timed. */
  constructor(rows: number) {
    this.#t = new Float64Array(rows).fill(1);
    this.#wide = [0, 1, 2].map(() => new Uint32Array(rows).fill(1));
    this.#narrow = [0, 1, 2].map(() => new Uint16Array(rows).fill(1));
    this.#bytes = [0, 1].map(() => new Uint8Array(rows).fill(1));
  }

  clear(): void {
    this.#length = 0;
  }

  add(batch: EventBatch): void {
    const t = this.#t;
    const [dur, socket, value] = this.#wide as [Uint32Array, Uint32Array, Uint32Array];
    const [address, port, code] = this.#narrow as [Uint16Array, Uint16Array, Uint16Array];
    const [op, arm] = this.#bytes as [Uint8Array, Uint8Array];
    for (let row = 0, at = this.#length; row < batch.length; row++, at++) {
      t[at] = batch.t[row]!;
      dur[at] = batch.dur[row]!;
      socket[at] = batch.socket[row]!;
      value[at] = batch.value[row]!;
      address[at] = batch.address[row]!;
      port[at] = batch.port[row]!;
      code[at] = batch.code[row]!;
      op[at] = batch.op[row]!;
      arm[at] = batch.arm[row]!;
    }
    this.#length += batch.length;
  }
}

/** A run's op-and-code and duration columns, each in one piece. */
export interface PlainColumns {
  readonly what: Uint32Array;
  readonly dur: Uint32Array;
}

export function plainColumns({ segments, rows }: EventStore): PlainColumns {
  const what = new Uint32Array(rows);
  const dur = new Uint32Array(rows);
  let at = 0;
  for (const segment of segments) {
    what.set(segment.what.subarray(0, segment.length), at);
    dur.set(segment.dur.subarray(0, segment.length), at);
    at += segment.length;
  }
  return { what, dur };
}

/** One plain loop over rows: how long all binds took. @returns ns */
export function scan({ what, dur }: PlainColumns, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) {
    if (opOf(what[at]!) === OP.bind && what[at]! >>> 16 === 0) sum += dur[at]!;
  }
  return sum;
}
