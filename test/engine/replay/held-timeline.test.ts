import { describe, expect, test } from 'vitest';
import { Random } from '#engine/allocator/random.ts';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { HeldTimeline, TIMELINE_POINTS } from '#engine/replay/held-timeline.ts';
import { Replay } from '#engine/replay/replay.ts';
import { batchesOf, type EventRow } from '../analysis/event-rows.ts';
import { rowsOf } from './lab-runs.ts';
import { randomBatches } from './random-batches.ts';

function replayOf(batches: readonly EventBatch[]): Replay {
  const replay = new Replay(() => false);
  for (const batch of batches) replay.append(batch);
  return replay;
}

/** What is held after each row, by sets. */
function levels(batches: readonly EventBatch[]): { t: number; held: number; union: number }[] {
  const replay = replayOf(batches);
  return batches.flatMap(rowsOf).map(({ t }, seq) => {
    const { held, union } = replay.seek(seq).holdings;
    return { t, held, union };
  });
}

/** A point tells the most of what was held in its time, what it began with among that. */
function expected(
  rows: readonly { t: number; held: number; union: number }[],
  width: number,
): { held: number[]; union: number[] } {
  const held: number[] = [];
  const union: number[] = [];
  let now = { held: 0, union: 0 };
  for (const row of rows) {
    const point = Math.floor(row.t / width);
    while (held.length <= point) {
      held.push(now.held);
      union.push(now.union);
    }
    held[point] = Math.max(held[point]!, row.held);
    union[point] = Math.max(union[point]!, row.union);
    now = row;
  }
  return { held, union };
}

/** Rows that never go back in time. */
function inOrder(batches: readonly EventBatch[]): readonly EventBatch[] {
  let last = 0;
  for (const batch of batches) {
    for (let at = 0; at < batch.length; at++) last = batch.t[at] = Math.max(last, batch.t[at]!);
  }
  return batches;
}

describe('the timeline of a recording', () => {
  test.each([
    ['a millisecond of a few rows', { rows: 500, seed: 1, step: 4_000 }],
    ['some seconds', { rows: 30_000, seed: 2, step: 400_000 }],
    ['hours with long pauses', { rows: 20_000, seed: 3, step: 9_000_000_000 }],
    ['everything at once', { rows: 20_000, seed: 4, step: 1 }],
  ])('of %s tells the most held in each point’s time', (_title, wish) => {
    const batches = inOrder(randomBatches(wish));
    const { width, held, union } = replayOf(batches).timeline.points();
    expect(held.length).toBeLessThanOrEqual(TIMELINE_POINTS);
    const brute = expected(levels(batches), width);
    expect([...held]).toEqual(brute.held);
    expect([...union]).toEqual(brute.union);
  });

  test('keeps the peak where times go back a little', () => {
    const batches = randomBatches({ rows: 40_000, seed: 6, step: 90_000 });
    const { held } = replayOf(batches).timeline.points();
    expect(Math.max(...held)).toBe(Math.max(...levels(batches).map((row) => row.held)));
  });

  test('keeps the peak of an arm that is over before the next few rows are', () => {
    const quiet: EventRow[] = Array.from({ length: 60_000 }, (_, n) => ({ op: 'bind', t: n }));
    const socket = (n: number): EventRow => ({ op: 'getsockname', address: 1, port: 1_000 + n });
    const arm: EventRow[] = [
      ...[1, 2, 3, 4].map((n) => ({ ...socket(n), t: 60_001 })),
      ...[1, 2, 3, 4].map((n) => ({ ...socket(n), op: 'close' as const, t: 60_002 })),
      { op: 'mark', value: 1, t: 60_003 },
    ];
    const { timeline } = replayOf(batchesOf([...quiet, ...arm]));
    expect(Math.max(...timeline.points().held)).toBe(4);
  });
});

describe('a timeline by itself', () => {
  test('never loses a peak, however far its time goes', () => {
    const random = new Random(4);
    const timeline = new HeldTimeline();
    let t = 0;
    let most = 0;
    for (let n = 0; n < 5_000; n++) {
      t += random.below(10) === 0 ? random.below(1e9) * 1_000 : random.below(500);
      const held = random.below(1_000);
      timeline.add(t, { held: 0, union: 0 }, { held, union: Math.floor(held / 2) });
      most = Math.max(most, held);
      if (n % 500 !== 0) continue;
      const { held: points, union, width } = timeline.points();
      expect(Math.max(...points)).toBe(most);
      expect(Math.max(...union)).toBe(Math.floor(most / 2));
      expect(points.length).toBe(Math.floor(t / width) + 1);
    }
  });

  test('begins with nothing held, at its finest', () => {
    const { width, held, union } = new HeldTimeline().points();
    expect({ width, held: [...held], union: [...union] }).toEqual({
      width: 1_000,
      held: [0],
      union: [0],
    });
  });
});
