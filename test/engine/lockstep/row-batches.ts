import { BATCH_ROWS, EventBatch } from '#engine/event/event-batch.ts';
import type { EventSink } from '#engine/event/event-sink.ts';

/** Keeps a stack's events in batches, as a recording does. */
export class RowBatches implements EventSink {
  readonly batches: EventBatch[] = [];

  emit(
    op: number,
    t: number,
    dur: number,
    socket: number,
    address: number,
    port: number,
    code: number,
    value: number,
  ): void {
    let batch = this.batches.at(-1);
    if (batch === undefined || batch.length === BATCH_ROWS) {
      batch = new EventBatch();
      this.batches.push(batch);
    }
    const row = batch.length++;
    batch.op[row] = op;
    batch.t[row] = t;
    batch.dur[row] = dur;
    batch.socket[row] = socket;
    batch.address[row] = address;
    batch.port[row] = port;
    batch.code[row] = code;
    batch.value[row] = value;
  }
}
