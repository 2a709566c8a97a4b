import { BATCH_ROWS, EventBatch } from '#engine/event/event-batch.ts';

/**
 * Events on their way from the measuring thread to the writer: row by row, six float64 each. Stores
 * into one typed array cost about half of those into nine, since V8 checks each array it touches; the
 * writer, which has time, puts the rows into columns.
 * Cells: t, dur, socket, value, `place`, `call`.
 */
export const STAGED_COLUMNS = 6;

/** Two 16-bit columns in one cell. */
export function place(address: number, port: number): number {
  return ((address << 16) | port) >>> 0;
}

/** A 16-bit and two 8-bit columns in one cell. */
export function call(op: number, arm: number, code: number): number {
  return ((code << 16) | (arm << 8) | op) >>> 0;
}

const STAGED_BYTES = BATCH_ROWS * STAGED_COLUMNS * Float64Array.BYTES_PER_ELEMENT;
const MAX_UINT32 = 4_294_967_295;

/** Rows handed over; whoever holds the buffer owns it. */
export interface StagedRows {
  readonly buffer: ArrayBuffer;
  /** How many rows are filled, at most BATCH_ROWS. */
  readonly length: number;
}

/** A buffer for BATCH_ROWS rows, its pages already there. */
export function stagingBuffer(): ArrayBuffer {
  const buffer = new ArrayBuffer(STAGED_BYTES);
  new Uint8Array(buffer).fill(0xff);
  return buffer;
}

/** The same events as columns. Durations beyond 32 bits are recorded as 4,294,967,295 ns. */
export function toBatch({ buffer, length }: StagedRows): EventBatch {
  const rows = new Float64Array(buffer);
  const batch = new EventBatch(BATCH_ROWS, length);
  for (let row = 0, at = 0; row < length; row++, at += STAGED_COLUMNS) {
    batch.t[row] = rows[at]!;
    batch.dur[row] = Math.min(rows[at + 1]!, MAX_UINT32);
    batch.socket[row] = rows[at + 2]!;
    batch.value[row] = rows[at + 3]!;
    const where = rows[at + 4]!;
    batch.address[row] = where >>> 16;
    batch.port[row] = where;
    const what = rows[at + 5]!;
    batch.code[row] = what >>> 16;
    batch.arm[row] = what >>> 8;
    batch.op[row] = what;
  }
  return batch;
}
