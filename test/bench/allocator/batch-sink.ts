import { BATCH_ROWS, EventBatch } from '#engine/event/event-batch.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import type { Op } from '#engine/event/op.ts';

/** Fills batches as a recorder's sink does, and starts over when one is full. */
export class BatchSink implements EventSink {
  readonly #batch = new EventBatch(BATCH_ROWS);
  batches = 0;

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
    const batch = this.#batch;
    const row = batch.length;
    batch.t[row] = t;
    batch.dur[row] = dur;
    batch.socket[row] = socket;
    batch.value[row] = value;
    batch.address[row] = address;
    batch.port[row] = port;
    batch.code[row] = code;
    batch.op[row] = op;
    batch.length = row + 1;
    if (batch.length === BATCH_ROWS) {
      batch.length = 0;
      this.batches++;
    }
  }
}
