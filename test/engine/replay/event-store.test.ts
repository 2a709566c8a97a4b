import { describe, expect, test } from 'vitest';
import { Random } from '#engine/allocator/random.ts';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { EventStore, opOf } from '#engine/replay/event-store.ts';
import { batchesOf } from '../analysis/event-rows.ts';
import { lastBegun } from './instants.ts';
import { rowsOf } from './lab-runs.ts';
import { randomBatches } from './random-batches.ts';

function storeOf(batches: readonly EventBatch[]): EventStore {
  const store = new EventStore();
  for (const batch of batches) store.add(batch);
  return store;
}

describe.each([
  ['within seconds', 4_000],
  ['over hours, so that no segment’s times fit 32 bits', 9_000_000_000],
])('rows %s', (_how, step) => {
  const batches = randomBatches({ rows: 10_000, seed: 3, step, batchRows: 700 });
  const rows = batches.flatMap(rowsOf);
  const store = storeOf(batches);

  test('are all there, column by column', () => {
    expect(store.rows).toBe(rows.length);
    rows.forEach((row, seq) => {
      expect(store.row(seq)).toEqual({ seq, ...row });
      expect(store.t(seq)).toBe(row.t);
    });
    expect(store.row(-1)).toBeUndefined();
    expect(store.row(rows.length)).toBeUndefined();
  });

  test('end when the last call does, which need not be the last row', () => {
    expect(store.end).toBe(rows.reduce((end, { t, dur }) => Math.max(end, t + dur), 0));
  });

  test('have begun by a time up to where one is later', () => {
    const random = new Random(11);
    const times = rows.flatMap(({ t }) => [t - 1, t, t + 1]);
    for (let n = 0; n < 500; n++) {
      const t = times[random.below(times.length)]!;
      expect(store.seqAt(t)).toBe(lastBegun(rows, t));
    }
    expect(store.seqAt(-1)).toBe(-1);
    expect(store.seqAt(Number.MAX_SAFE_INTEGER)).toBe(rows.length - 1);
  });

  test('are found by what they are, forwards and back', () => {
    const isFailed = (what: number): boolean => what >>> 16 !== 0;
    for (const seq of [0, 1, 4_095, 4_096, 7_777, rows.length - 1]) {
      const after = rows.findIndex(({ code }, at) => at >= seq && code !== 0);
      const before = rows.findLastIndex(({ code }, at) => at <= seq && code !== 0);
      expect(store.find(seq, 1, isFailed)).toBe(after);
      expect(store.find(seq, -1, isFailed)).toBe(before);
    }
    expect(store.find(0, 1, (what) => opOf(what) === OP.exit)).toBe(-1);
    expect(store.find(rows.length, 1, () => true)).toBe(-1);
    expect(store.find(-1, -1, () => true)).toBe(-1);
  });
});

test('a row that begins before the first of its segment keeps its time', () => {
  const times = [10_000, 9_000, 12_000, -5, 20_000];
  const store = storeOf(batchesOf(times.map((t) => ({ op: 'bind', t }))));
  expect(times.map((_, seq) => store.t(seq))).toEqual(times);
  expect(times.map((_, seq) => store.row(seq)?.t)).toEqual(times);
});

test('a run that ends with a long wait ends when that is over', () => {
  const wait = { op: 'wait', t: 1_000, dur: 4_294_967_295, value: 120_000 } as const;
  expect(storeOf(batchesOf([wait])).end).toBe(120e9 + 1_000);
});

test('rows begin in segments of their own however they were batched, and may still be coming', () => {
  const batches = randomBatches({ rows: 9_000, seed: 8, batchRows: 333 });
  const store = new EventStore();
  let there = 0;
  for (const batch of batches) {
    store.add(batch);
    there += batch.length;
    expect(store.rows).toBe(there);
    expect(store.seqAt(Number.MAX_SAFE_INTEGER)).toBe(there - 1);
  }
  expect(store.segments.map(({ length }) => length)).toEqual([4_096, 4_096, 808]);
});

test('an empty recording has no instant', () => {
  const store = new EventStore();
  expect([store.rows, store.end, store.seqAt(5), store.t(0)]).toEqual([0, 0, -1, 0]);
  expect(store.row(0)).toBeUndefined();
});
