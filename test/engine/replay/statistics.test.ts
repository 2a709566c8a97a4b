import { describe, expect, test } from 'vitest';
import { Random } from '#engine/allocator/random.ts';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import { EventStore } from '#engine/replay/event-store.ts';
import { bindsOver, failuresIn, lastSecond, latencyIn } from '#engine/replay/statistics.ts';
import { batchesOf } from '../analysis/event-rows.ts';
import { exactQuantile } from '../analysis/exact-quantile.ts';
import type { KeptEvent } from './kept-events.ts';
import { rowsOf } from './lab-runs.ts';
import { hasFailed } from './naive-search.ts';
import { randomBatches } from './random-batches.ts';

function storeOf(batches: readonly EventBatch[]): EventStore {
  const store = new EventStore();
  for (const batch of batches) store.add(batch);
  return store;
}

const ROWS = 30_000;
const batches = randomBatches({ rows: ROWS, seed: 21, step: 200_000, batchRows: 1_000 });
const rows = batches.flatMap(rowsOf);
const store = storeOf(batches);

/** Parts of the run: whole, none, single rows, any. */
const random = new Random(2);
const SPANS = [
  { from: 0, to: ROWS },
  { from: 5, to: 5 },
  { from: ROWS - 1, to: ROWS },
  ...Array.from({ length: 40 }, () => {
    const from = random.below(ROWS);
    return { from, to: from + random.below(ROWS - from + 1) };
  }),
];

describe('any part of a run', () => {
  test.each([undefined, 1, 3, 200])('tells how long binds took, of arm %s', (arm) => {
    for (const span of SPANS) {
      const taken = rows
        .slice(span.from, span.to)
        .filter((row) => row.op === OP.bind && row.code === 0)
        .filter((row) => arm === undefined || row.arm === arm)
        .map(({ dur }) => dur);
      const got = latencyIn(store, { ...span, op: OP.bind, ...(arm !== undefined && { arm }) });
      if (taken.length === 0) {
        expect(got).toBeNull();
        continue;
      }
      expect(got).toMatchObject({ count: taken.length, max: Math.max(...taken) });
      for (const [name, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['p99', 0.99],
      ] as const) {
        const exact = exactQuantile(taken, share);
        expect(Math.abs(got![name] - exact)).toBeLessThanOrEqual(exact / 256);
      }
    }
  });

  test('tells which calls failed how often, the most frequent first', () => {
    for (const span of SPANS) {
      const counts = new Map<string, number>();
      for (const row of rows.slice(span.from, span.to).filter(hasFailed)) {
        const key = `${row.op} ${row.code}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      const got = failuresIn(store, span);
      expect(new Map(got.map(({ op, code, count }) => [`${op} ${code}`, count]))).toEqual(counts);
      const times = got.map(({ count }) => count);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
    }
  });

  test('tells its binds over time, in any number of buckets, none lost and none twice', () => {
    const end = rows.at(-1)!.t;
    for (const buckets of [1, 7, 400]) {
      for (let n = 0; n < 10; n++) {
        const from = n === 0 ? 0 : Math.floor((random.below(1_000) / 1_000) * end);
        const to = n === 0 ? end : from + Math.floor((random.below(1_000) / 1_000) * (end - from));
        const { count, min, max, width } = bindsOver(store, { from, to, buckets });
        const begun = rows.slice(lastBefore(from), lastBefore(to + 1));
        const expected = naiveBuckets(begun, from, width, buckets);
        expect([...count]).toEqual(expected.map((bucket) => bucket.count));
        expect([...min]).toEqual(expected.map(({ took }) => (took.length ? Math.min(...took) : 0)));
        expect([...max]).toEqual(expected.map(({ took }) => Math.max(0, ...took)));
      }
    }
  });

  test('tells the rate and the latency of the second before any row', () => {
    for (const seq of [0, 1, 500, 12_000, ...SPANS.map(({ from }) => from)]) {
      const now = rows[seq]!.t;
      const first = lastBefore(Math.max(0, now - 1e9));
      const second = rows.slice(first, seq + 1).filter(({ code }) => code === 0);
      const binds = second
        .filter(({ op }) => op === OP.bind || op === OP.fill)
        .reduce((sum, { op, value }) => sum + (op === OP.fill ? value : 1), 0);
      const seconds = (now - Math.max(0, now - 1e9, rows[first]!.t)) / 1e9;
      const got = lastSecond(store, seq);
      if (seconds > 0) expect(got.bindsPerSecond).toBeCloseTo(binds / seconds, 6);
      else expect(got.bindsPerSecond).toBeNull();
      expect(got.latency?.count ?? 0).toBe(second.filter(({ op }) => op === OP.bind).length);
    }
  });
});

test('before the first row there is neither rate nor latency', () => {
  expect(lastSecond(store, -1)).toEqual({ bindsPerSecond: null, latency: null });
});

test('a connect under way is no failure, and has no say in latency', () => {
  const few = storeOf(
    batchesOf([
      { op: 'connect', code: WSA.WSAEWOULDBLOCK, dur: 7 },
      { op: 'connect', code: WSA.WSAETIMEDOUT, dur: 8 },
      { op: 'connect', dur: 9 },
    ]),
  );
  const span = { from: 0, to: 3 };
  expect(failuresIn(few, span)).toEqual([{ op: OP.connect, code: WSA.WSAETIMEDOUT, count: 1 }]);
  expect(latencyIn(few, { ...span, op: OP.connect })).toMatchObject({ count: 1, max: 9 });
});

test('a fill row counts for its binds and times none of them', () => {
  const few = storeOf(batchesOf([{ op: 'fill', t: 10, dur: 4_000, value: 4, port: 50_000 }]));
  const { count, min, max } = bindsOver(few, { from: 0, to: 20, buckets: 2 });
  expect([[...count], [...min], [...max]]).toEqual([
    [0, 4],
    [0, 0],
    [0, 0],
  ]);
});

/** How many rows have begun before `t`, a row with the latest before it. */
function lastBefore(t: number): number {
  const first = rows.findIndex((row) => row.t >= t);
  return first < 0 ? rows.length : first;
}

function naiveBuckets(
  part: readonly KeptEvent[],
  from: number,
  width: number,
  buckets: number,
): { count: number; took: number[] }[] {
  const made = Array.from({ length: buckets }, () => ({ count: 0, took: [] as number[] }));
  for (const { op, code, t, dur, value } of part) {
    if (code !== 0 || (op !== OP.bind && op !== OP.fill)) continue;
    const bucket = made[Math.min(buckets - 1, Math.max(0, Math.floor((t - from) / width)))]!;
    bucket.count += op === OP.fill ? value : 1;
    if (op === OP.bind) bucket.took.push(dur);
  }
  return made;
}
