import { EventBatch } from '#engine/event/event-batch.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import type { Op } from '#engine/event/op.ts';

const MAX_UINT32 = 4_294_967_295;

/** Where a probe's stack reports its calls, until they are handed over. */
export class RowCollector implements EventSink {
  readonly #batch = new EventBatch();
  readonly #full: () => void;

  /** @param full called when there is no room for another row: it takes what is there */
  constructor(full: () => void) {
    this.#full = full;
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
    const batch = this.#batch;
    const row = batch.length++;
    batch.op[row] = op;
    batch.t[row] = t;
    batch.dur[row] = Math.min(dur, MAX_UINT32);
    batch.socket[row] = socket;
    batch.address[row] = address;
    batch.port[row] = port;
    batch.code[row] = code;
    batch.value[row] = value;
    if (batch.length === batch.capacity) this.#full();
  }

  /** The rows since the last call of this, in a batch no larger than they are. */
  take(): EventBatch {
    const from = this.#batch;
    const rows = from.length;
    const taken = new EventBatch(rows, rows);
    for (const column of [
      't',
      'dur',
      'socket',
      'value',
      'address',
      'port',
      'code',
      'op',
    ] as const) {
      taken[column].set(from[column].subarray(0, rows));
    }
    from.length = 0;
    return taken;
  }
}
