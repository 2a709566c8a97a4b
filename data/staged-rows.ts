import { BATCH_ROWS, EventBatch } from '#engine/event/event-batch.ts';

/**
 * Events on their way from the measuring thread to the writer: row by row, every column a float64.
 * Nine stores into one typed array cost about half of nine stores into nine arrays, since V8 checks
 * each array it touches; the writer, which has time, puts the rows into columns.
 * Columns: t, dur, socket, value, address, port, code, op, arm.
 */
export const STAGED_COLUMNS = 9;

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
    batch.address[row] = rows[at + 4]!;
    batch.port[row] = rows[at + 5]!;
    batch.code[row] = rows[at + 6]!;
    batch.op[row] = rows[at + 7]!;
    batch.arm[row] = rows[at + 8]!;
  }
  return batch;
}
