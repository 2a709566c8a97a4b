import { BATCH_ROWS } from '#engine/event/event-batch.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import type { Op } from '#engine/event/op.ts';
import { STAGED_COLUMNS, type StagedRows, call, place, stagingBuffer } from './staged-rows.ts';

const FULL = BATCH_ROWS * STAGED_COLUMNS;

/**
 * Where the stack reports its calls, on the measuring path: stores into one typed array and nothing
 * else, until it is full.
 */
export class BatchSink implements EventSink {
  /** Put into each row from now on. */
  arm = 0;
  #rows = new Float64Array(stagingBuffer());
  /** Offset of the next row. */
  #at = 0;
  readonly #exchange: (full: StagedRows) => ArrayBuffer;

  /** @param exchange takes over rows, and gives an empty buffer */
  constructor(exchange: (full: StagedRows) => ArrayBuffer) {
    this.#exchange = exchange;
  }

  emit(
    op: Op,
    t: number,
    dur: number,
    socket: number,
    address: number,
    port: number,
    code: number,
    value: number,
  ): void {
    const rows = this.#rows;
    const at = this.#at;
    rows[at] = t;
    rows[at + 1] = dur;
    rows[at + 2] = socket;
    rows[at + 3] = value;
    rows[at + 4] = place(address, port);
    rows[at + 5] = call(op, this.arm, code);
    this.#at = at + STAGED_COLUMNS;
    if (at + STAGED_COLUMNS === FULL) this.flush();
  }

  /** Hands over what is there, however little. */
  flush(): void {
    const length = this.#at / STAGED_COLUMNS;
    if (length === 0) return;
    this.#at = 0;
    this.#rows = new Float64Array(this.#exchange({ buffer: this.#rows.buffer, length }));
  }
}
