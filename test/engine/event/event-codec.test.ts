import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BATCH_ROWS, EventBatch } from '#engine/event/event-batch.ts';
import { MAX_ENCODED_BYTES, decodeEvents, encodeEvents } from '#engine/event/event-codec.ts';

const COLUMNS = ['t', 'dur', 'socket', 'value', 'address', 'port', 'code', 'op', 'arm'] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], number>>;

const uint = (bits: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** bits - 1 });
const row: fc.Arbitrary<Row> = fc.record({
  t: fc.oneof(fc.maxSafeInteger(), fc.integer({ min: 0, max: 1_000_000 })).map((t) => t + 0),
  dur: uint(32),
  socket: uint(32),
  value: uint(32),
  address: uint(16),
  port: uint(16),
  code: uint(16),
  op: fc.oneof(uint(2), uint(8)),
  arm: uint(8),
});

function batchOf(rows: readonly Row[]): EventBatch {
  const batch = new EventBatch(rows.length + 3, rows.length);
  rows.forEach((values, index) => {
    for (const column of COLUMNS) batch[column][index] = values[column];
  });
  return batch;
}

function rowsOf(batch: EventBatch): Row[] {
  return Array.from({ length: batch.length }, (_, index) => {
    const entries = COLUMNS.map((column) => [column, batch[column][index]]);
    return Object.fromEntries(entries) as Row;
  });
}

function decoded(bytes: Uint8Array): EventBatch {
  const result = decodeEvents(bytes);
  if (!result.ok) throw new Error(result.problem);
  return result.batch;
}

describe('event codec', () => {
  test('gives back exactly what went in, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        expect(rowsOf(decoded(encodeEvents(batchOf(rows))))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  test('holds the extremes of every column, times on both ends of the safe integers included', () => {
    const least = {
      t: Number.MIN_SAFE_INTEGER,
      dur: 0,
      socket: 0,
      value: 0,
      address: 0,
      port: 0,
      code: 0,
      op: 0,
      arm: 0,
    };
    const most = {
      t: Number.MAX_SAFE_INTEGER,
      dur: 2 ** 32 - 1,
      socket: 2 ** 32 - 1,
      value: 2 ** 32 - 1,
      address: 65_535,
      port: 65_535,
      code: 65_535,
      op: 0,
      arm: 255,
    };
    const rows = [least, most, least, { ...most, op: 255 }, { ...least, op: 255 }];
    expect(rowsOf(decoded(encodeEvents(batchOf(rows))))).toEqual(rows);
  });

  test('a full chunk fits the announced size', () => {
    const batch = new EventBatch(BATCH_ROWS, BATCH_ROWS);
    expect(encodeEvents(batch).length).toBe(MAX_ENCODED_BYTES);
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
    'refuses the time %s rather than change it',
    (t) => {
      const batch = new EventBatch(1, 1);
      batch.t[0] = t;
      expect(() => encodeEvents(batch)).toThrow(RangeError);
    },
  );

  test('refuses an empty batch and one larger than a chunk', () => {
    expect(() => encodeEvents(new EventBatch(8, 0))).toThrow(RangeError);
    expect(() => encodeEvents(new EventBatch(BATCH_ROWS + 1, BATCH_ROWS + 1))).toThrow(RangeError);
  });

  test('takes any bytes: what is no chunk is an error value', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const result = decodeEvents(bytes);
        if (result.ok)
          expect(result.batch.length).toBe(new DataView(bytes.buffer).getUint32(0, true));
        else expect(result.problem).not.toBe('');
      }),
    );
  });

  test('a chunk cut short or with bytes to spare is refused', () => {
    const bytes = encodeEvents(new EventBatch(5, 5));
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeEvents(bytes.subarray(0, length)).ok).toBe(false);
    }
    expect(decodeEvents(new Uint8Array([...bytes, 0])).ok).toBe(false);
  });

  test.each([0, BATCH_ROWS + 1, 2 ** 31, 2 ** 32 - 1])(
    'a claim of %s rows is refused without making room',
    (rows) => {
      const bytes = new Uint8Array(64);
      new DataView(bytes.buffer).setUint32(0, rows, true);
      expect(decodeEvents(bytes)).toEqual({ ok: false, problem: `claims ${rows} rows` });
    },
  );

  test('a time beyond the safe integers is refused', () => {
    const bytes = encodeEvents(new EventBatch(1, 1));
    // Row 0's highest byte of t: after the header, op, and the four planes of dur.
    bytes[4 + 1 + 4 + 7] = 0x7f;
    expect(decodeEvents(bytes)).toEqual({ ok: false, problem: 'row 0 has a time out of range' });
  });
});
