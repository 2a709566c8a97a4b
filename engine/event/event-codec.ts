import { BATCH_ROWS, EventBatch } from './event-batch.ts';

/** Version of the recorded event format: what a row's columns mean, and the bytes below. */
export const FORMAT_VERSION = 1;

/**
 * A batch as bytes, meant to be deflated. Little-endian:
 *
 * | bytes | |
 * |---|---|
 * | 4 | rows n, 1 to 4,096 |
 * | n | op |
 * | 4 planes of n | dur |
 * | 8 planes of n | t, as the gap since the end of the row before: t[i] - (t[i-1] + dur[i-1]) |
 * | 4 planes of n | socket |
 * | 4 planes of n | value |
 * | 2 planes of n | address |
 * | 2 planes of n | port |
 * | 2 planes of n | code |
 * | n | arm |
 *
 * A plane holds one byte of each row's number, lowest plane first, so that the bytes that are nearly
 * always 0 lie together. Socket, value, address, port, code and arm are differences to the last row
 * with the same op: ports of successive getsockname calls are neighbours, those of a bind and its
 * getsockname are not. All arithmetic wraps at the column's width, so nothing is ever lost; t is a
 * 64-bit two's-complement integer, which holds every safe integer and every difference of two.
 */
const HEADER_BYTES = 4;
const ENCODED_ROW_BYTES = 28;

/** Bytes an encoded batch has at most: whoever inflates one may stop there. */
export const MAX_ENCODED_BYTES = HEADER_BYTES + BATCH_ROWS * ENCODED_ROW_BYTES;

const TWO_32 = 4_294_967_296;
/** Op is one byte. */
const OPS = 256;

export type DecodedEvents =
  | { readonly ok: true; readonly batch: EventBatch }
  | { readonly ok: false; readonly problem: string };

/**
 * @throws RangeError when the batch is empty, larger than a chunk, or holds a time that is no safe
 * integer: a recording must not change what was measured
 */
export function encodeEvents(batch: EventBatch): Uint8Array {
  const rows = batch.length;
  if (rows < 1 || rows > BATCH_ROWS)
    throw new RangeError(`a chunk holds 1 to 4,096 rows, not ${rows}`);
  const bytes = new Uint8Array(HEADER_BYTES + rows * ENCODED_ROW_BYTES);
  new DataView(bytes.buffer).setUint32(0, rows, true);
  let at = HEADER_BYTES;
  bytes.set(batch.op.subarray(0, rows), at);
  at = encodePlanes(bytes, at + rows, batch.dur, rows, 4);
  at = encodeTimes(bytes, at, batch);
  at = encodeDeltas(bytes, at, batch.op, batch.socket, rows, 4);
  at = encodeDeltas(bytes, at, batch.op, batch.value, rows, 4);
  at = encodeDeltas(bytes, at, batch.op, batch.address, rows, 2);
  at = encodeDeltas(bytes, at, batch.op, batch.port, rows, 2);
  at = encodeDeltas(bytes, at, batch.op, batch.code, rows, 2);
  encodeDeltas(bytes, at, batch.op, batch.arm, rows, 1);
  return bytes;
}

/**
 * Takes any bytes: the length must be exactly what the row count asks for, so neither the work nor
 * the memory can exceed one chunk's.
 */
export function decodeEvents(bytes: Uint8Array): DecodedEvents {
  if (bytes.length < HEADER_BYTES) return { ok: false, problem: 'shorter than its header' };
  const rows = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES).getUint32(0, true);
  if (rows < 1 || rows > BATCH_ROWS) return { ok: false, problem: `claims ${rows} rows` };
  const expected = HEADER_BYTES + rows * ENCODED_ROW_BYTES;
  if (bytes.length !== expected) {
    return { ok: false, problem: `${bytes.length} bytes where ${rows} rows take ${expected}` };
  }
  const batch = new EventBatch(rows, rows);
  let at = HEADER_BYTES;
  batch.op.set(bytes.subarray(at, at + rows));
  at = decodePlanes(bytes, at + rows, batch.dur, rows, 4);
  const badRow = decodeTimes(bytes, at, batch);
  if (badRow >= 0) return { ok: false, problem: `row ${badRow} has a time out of range` };
  at += rows * 8;
  at = decodeDeltas(bytes, at, batch.op, batch.socket, rows, 4);
  at = decodeDeltas(bytes, at, batch.op, batch.value, rows, 4);
  at = decodeDeltas(bytes, at, batch.op, batch.address, rows, 2);
  at = decodeDeltas(bytes, at, batch.op, batch.port, rows, 2);
  at = decodeDeltas(bytes, at, batch.op, batch.code, rows, 2);
  decodeDeltas(bytes, at, batch.op, batch.arm, rows, 1);
  return { ok: true, batch };
}

/** An unsigned column; a store wraps at its width. */
type Column = Uint8Array | Uint16Array | Uint32Array;

function encodePlanes(
  bytes: Uint8Array,
  at: number,
  column: Column,
  rows: number,
  width: number,
): number {
  for (let row = 0; row < rows; row++) {
    putPlanes(bytes, at + row, column[row]!, rows, width);
  }
  return at + rows * width;
}

function decodePlanes(
  bytes: Uint8Array,
  at: number,
  column: Column,
  rows: number,
  width: number,
): number {
  for (let row = 0; row < rows; row++) {
    column[row] = takePlanes(bytes, at + row, rows, width);
  }
  return at + rows * width;
}

function encodeDeltas(
  bytes: Uint8Array,
  at: number,
  ops: Uint8Array,
  column: Column,
  rows: number,
  width: number,
): number {
  const last = new Int32Array(OPS);
  for (let row = 0; row < rows; row++) {
    const op = ops[row]!;
    const value = column[row]! | 0;
    putPlanes(bytes, at + row, (value - last[op]!) | 0, rows, width);
    last[op] = value;
  }
  return at + rows * width;
}

function decodeDeltas(
  bytes: Uint8Array,
  at: number,
  ops: Uint8Array,
  column: Column,
  rows: number,
  width: number,
): number {
  const last = new Int32Array(OPS);
  for (let row = 0; row < rows; row++) {
    const op = ops[row]!;
    const value = (last[op]! + takePlanes(bytes, at + row, rows, width)) | 0;
    column[row] = value;
    last[op] = value;
  }
  return at + rows * width;
}

/** The 64-bit difference is worked out in two 32-bit halves with a borrow: doubles can't hold it. */
function encodeTimes(bytes: Uint8Array, at: number, batch: EventBatch): number {
  const rows = batch.length;
  let endLow = 0;
  let endHigh = 0;
  for (let row = 0; row < rows; row++) {
    const t = batch.t[row]!;
    if (!Number.isSafeInteger(t)) throw new RangeError(`row ${row}: time ${t} is no safe integer`);
    const high = Math.floor(t / TWO_32);
    const low = t - high * TWO_32;
    const gapLow = low - endLow;
    putPlanes(bytes, at + row, gapLow | 0, rows, 4);
    putPlanes(bytes, at + row + 4 * rows, (high - endHigh - (gapLow < 0 ? 1 : 0)) | 0, rows, 4);
    const end = low + batch.dur[row]!;
    endLow = end % TWO_32;
    endHigh = high + (end >= TWO_32 ? 1 : 0);
  }
  return at + rows * 8;
}

/** @returns the first row whose time is no safe integer, or -1 */
function decodeTimes(bytes: Uint8Array, at: number, batch: EventBatch): number {
  const rows = batch.length;
  let endLow = 0;
  let endHigh = 0;
  for (let row = 0; row < rows; row++) {
    const sum = endLow + (takePlanes(bytes, at + row, rows, 4) >>> 0);
    const low = sum % TWO_32;
    const high =
      (endHigh + takePlanes(bytes, at + row + 4 * rows, rows, 4) + (sum >= TWO_32 ? 1 : 0)) | 0;
    const t = high * TWO_32 + low;
    if (!Number.isSafeInteger(t)) return row;
    batch.t[row] = t;
    const end = low + batch.dur[row]!;
    endLow = end % TWO_32;
    endHigh = high + (end >= TWO_32 ? 1 : 0);
  }
  return -1;
}

function putPlanes(
  bytes: Uint8Array,
  at: number,
  value: number,
  stride: number,
  width: number,
): void {
  bytes[at] = value;
  if (width === 1) return;
  bytes[at + stride] = value >>> 8;
  if (width === 2) return;
  bytes[at + 2 * stride] = value >>> 16;
  bytes[at + 3 * stride] = value >>> 24;
}

/** @returns the number, sign included where it fills 32 bits */
function takePlanes(bytes: Uint8Array, at: number, stride: number, width: number): number {
  const low = bytes[at]!;
  if (width === 1) return low;
  const lower = low | (bytes[at + stride]! << 8);
  if (width === 2) return lower;
  return lower | (bytes[at + 2 * stride]! << 16) | (bytes[at + 3 * stride]! << 24);
}
