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
  const ops = batch.op.subarray(0, rows);
  let at = HEADER_BYTES;
  bytes.set(ops, at);
  at = putPlanes(bytes, at + rows, numbersOf(batch.dur, rows), 4);
  const gaps = gapsOf(batch);
  at = putPlanes(bytes, at, gaps.low, 4);
  at = putPlanes(bytes, at, gaps.high, 4);
  for (const [column, width] of deltaColumns(batch)) {
    at = putPlanes(bytes, at, toDeltas(numbersOf(column, rows), ops, width), width);
  }
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
  at += rows;
  batch.dur.set(takePlanes(bytes, at, rows, 4));
  at += rows * 4;
  const badRow = setTimes(
    batch,
    takePlanes(bytes, at, rows, 4),
    takePlanes(bytes, at + rows * 4, rows, 4),
  );
  if (badRow >= 0) return { ok: false, problem: `row ${badRow} has a time out of range` };
  at += rows * 8;
  for (const [column, width] of deltaColumns(batch)) {
    column.set(fromDeltas(takePlanes(bytes, at, rows, width), batch.op));
    at += rows * width;
  }
  return { ok: true, batch };
}

/** An unsigned column; what is put into it wraps at its width. */
type Column = Uint8Array | Uint16Array | Uint32Array;

/** The columns stored as differences, in the order of the bytes, and their widths. */
function deltaColumns(batch: EventBatch): readonly (readonly [Column, number])[] {
  return [
    [batch.socket, 4],
    [batch.value, 4],
    [batch.address, 2],
    [batch.port, 2],
    [batch.code, 2],
    [batch.arm, 1],
  ];
}

/** Every column goes through 32-bit numbers, so that the loops below stay fast: one type of array. */
function numbersOf(column: Column, rows: number): Int32Array {
  const numbers = new Int32Array(rows);
  numbers.set(column.subarray(0, rows));
  return numbers;
}

function toDeltas(numbers: Int32Array, ops: Uint8Array, width: number): Int32Array {
  // A difference may take one bit more than the column has; cut to its width it still leads back.
  const cut = 32 - 8 * width;
  const last = new Int32Array(OPS);
  for (let row = 0; row < numbers.length; row++) {
    const op = ops[row]!;
    const number = numbers[row]!;
    numbers[row] = zigzag(((number - last[op]!) << cut) >> cut);
    last[op] = number;
  }
  return numbers;
}

function fromDeltas(numbers: Int32Array, ops: Uint8Array): Int32Array {
  const last = new Int32Array(OPS);
  for (let row = 0; row < numbers.length; row++) {
    const op = ops[row]!;
    const number = (last[op]! + unzigzag(numbers[row]!)) | 0;
    numbers[row] = number;
    last[op] = number;
  }
  return numbers;
}

/** The 64-bit difference is worked out in two 32-bit halves with a borrow: doubles can't hold it. */
function gapsOf(batch: EventBatch): { low: Int32Array; high: Int32Array } {
  const rows = batch.length;
  const gaps = { low: new Int32Array(rows), high: new Int32Array(rows) };
  let endLow = 0;
  let endHigh = 0;
  for (let row = 0; row < rows; row++) {
    const t = batch.t[row]!;
    if (!Number.isSafeInteger(t)) throw new RangeError(`row ${row}: time ${t} is no safe integer`);
    const high = Math.floor(t / TWO_32);
    const low = t - high * TWO_32;
    gaps.low[row] = low - endLow;
    gaps.high[row] = high - endHigh - (low < endLow ? 1 : 0);
    const end = low + batch.dur[row]!;
    endLow = end >= TWO_32 ? end - TWO_32 : end;
    endHigh = high + (end >= TWO_32 ? 1 : 0);
  }
  return gaps;
}

/** @returns the first row whose time is no safe integer, or -1 */
function setTimes(batch: EventBatch, gapLow: Int32Array, gapHigh: Int32Array): number {
  let endLow = 0;
  let endHigh = 0;
  for (let row = 0; row < batch.length; row++) {
    const sum = endLow + (gapLow[row]! >>> 0);
    const carry = sum >= TWO_32 ? 1 : 0;
    const low = sum - carry * TWO_32;
    const high = (endHigh + gapHigh[row]! + carry) | 0;
    const t = high * TWO_32 + low;
    if (!Number.isSafeInteger(t)) return row;
    batch.t[row] = t;
    const end = low + batch.dur[row]!;
    endLow = end >= TWO_32 ? end - TWO_32 : end;
    endHigh = high + (end >= TWO_32 ? 1 : 0);
  }
  return -1;
}

/**
 * Most numbers are small, so a row's higher planes are mostly left at the 0 they were made with.
 * @returns where the bytes after the planes begin
 */
function putPlanes(bytes: Uint8Array, at: number, numbers: Int32Array, width: number): number {
  const rows = numbers.length;
  for (let row = 0; row < rows; row++) {
    const number = numbers[row]!;
    bytes[at + row] = number;
    if (number >>> 8 === 0) continue;
    if (width > 1) bytes[at + rows + row] = number >>> 8;
    if (width === 2 || number >>> 16 === 0) continue;
    bytes[at + 2 * rows + row] = number >>> 16;
    bytes[at + 3 * rows + row] = number >>> 24;
  }
  return at + width * rows;
}

function takePlanes(bytes: Uint8Array, at: number, rows: number, width: number): Int32Array {
  const numbers = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let number = bytes[at + row]!;
    if (width > 1) number |= bytes[at + rows + row]! << 8;
    if (width === 4) {
      number |= (bytes[at + 2 * rows + row]! << 16) | (bytes[at + 3 * rows + row]! << 24);
    }
    numbers[row] = number;
  }
  return numbers;
}

/** 0, -1, 1, -2 … as 0, 1, 2, 3 …: a small step back must not fill the higher planes. */
function zigzag(number: number): number {
  return (number << 1) ^ (number >> 31);
}

function unzigzag(number: number): number {
  return (number >>> 1) ^ -(number & 1);
}
