import { BATCH_ROWS, EventBatch } from '#engine/event/event-batch.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import type { Op } from '#engine/event/op.ts';

const MAX_UINT32 = 4_294_967_295;

/**
 * Puts events into a batch, on the measuring path: stores into typed arrays and nothing else, until
 * the batch is full.
 */
export class BatchSink implements EventSink {
  #batch = new EventBatch();
  #length = 0;
  #arm = 0;
  /** First row the current arm is not yet put into. */
  #armFrom = 0;
  readonly #handOver: (full: EventBatch) => EventBatch;

  /** @param handOver takes over a batch with rows in it, and gives an empty one */
  constructor(handOver: (full: EventBatch) => EventBatch) {
    this.#handOver = handOver;
  }

  /** Put into each row from now on. It seldom changes, so `emit` leaves it to `#stampArm`. */
  get arm(): number {
    return this.#arm;
  }

  set arm(arm: number) {
    this.#stampArm();
    this.#arm = arm;
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
    const row = this.#length;
    batch.t[row] = t;
    batch.dur[row] = dur > MAX_UINT32 ? MAX_UINT32 : dur;
    batch.socket[row] = socket;
    batch.value[row] = value;
    batch.address[row] = address;
    batch.port[row] = port;
    batch.code[row] = code;
    batch.op[row] = op;
    this.#length = row + 1;
    if (row + 1 === BATCH_ROWS) this.flush();
  }

  /** Hands over what is there, however little. */
  flush(): void {
    if (this.#length === 0) return;
    this.#stampArm();
    this.#batch.length = this.#length;
    this.#length = 0;
    this.#armFrom = 0;
    this.#batch = this.#handOver(this.#batch);
  }

  #stampArm(): void {
    this.#batch.arm.fill(this.#arm, this.#armFrom, this.#length);
    this.#armFrom = this.#length;
  }
}
