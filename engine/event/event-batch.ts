/** Rows a batch holds at most: one recorded chunk. */
export const BATCH_ROWS = 4_096;

/** Bytes of a row across all columns. */
export const ROW_BYTES = 28;

/**
 * Events column by column, all columns in one ArrayBuffer, so that a batch crosses a thread by
 * transfer and a wire as one body. Rows 0 to `length - 1` are filled. Whoever holds the buffer owns
 * it: after a transfer the sender's batch is dead.
 */
export class EventBatch {
  readonly buffer: ArrayBuffer;
  /** Start of each call, integer ns since the run began. */
  readonly t: Float64Array;
  /** Duration of each call, ns. */
  readonly dur: Uint32Array;
  readonly socket: Uint32Array;
  readonly value: Uint32Array;
  readonly address: Uint16Array;
  readonly port: Uint16Array;
  readonly code: Uint16Array;
  readonly op: Uint8Array;
  readonly arm: Uint8Array;
  length = 0;

  /** @param buffer a transferred batch's buffer (its size tells the rows), or a number of rows to make room for */
  constructor(buffer: ArrayBuffer | number = BATCH_ROWS, length = 0) {
    this.buffer = typeof buffer === 'number' ? new ArrayBuffer(buffer * ROW_BYTES) : buffer;
    const rows = Math.floor(this.buffer.byteLength / ROW_BYTES);
    this.t = new Float64Array(this.buffer, 0, rows);
    this.dur = new Uint32Array(this.buffer, rows * 8, rows);
    this.socket = new Uint32Array(this.buffer, rows * 12, rows);
    this.value = new Uint32Array(this.buffer, rows * 16, rows);
    this.address = new Uint16Array(this.buffer, rows * 20, rows);
    this.port = new Uint16Array(this.buffer, rows * 22, rows);
    this.code = new Uint16Array(this.buffer, rows * 24, rows);
    this.op = new Uint8Array(this.buffer, rows * 26, rows);
    this.arm = new Uint8Array(this.buffer, rows * 27, rows);
    this.length = length;
  }

  get capacity(): number {
    return this.op.length;
  }
}
