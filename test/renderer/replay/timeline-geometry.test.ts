import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeldTimeline } from '#engine/replay/held-timeline.ts';
import type { ArmMoments } from '#engine/replay/moments.ts';
import {
  areaPath,
  armSpans,
  mergeMarks,
  peakIn,
  placedLabels,
  timeScale,
  timeTicks,
} from '#renderer/screens/replay/timeline-geometry.ts';

const total = fc.integer({ min: 1, max: 1e14 });
const width = fc.integer({ min: 50, max: 3_000 });

function arm(index: number, t: number): ArmMoments {
  const begin = { seq: index * 10, t };
  return { index, begin, peak: null, phase: null, end: null, firstError: null };
}

describe('the timeline', () => {
  test('shows an instant where a click on it leads', () => {
    fc.assert(
      fc.property(total, width, fc.double({ min: 0, max: 1, noNaN: true }), (ns, px, share) => {
        const scale = timeScale(ns, px);
        expect(scale.x(scale.t(share * px))).toBeCloseTo(share * px, 6);
        expect([scale.x(-5), scale.x(2 * ns), scale.t(-5), scale.t(2 * px)]).toEqual([
          0,
          px,
          0,
          ns,
        ]);
      }),
    );
  });

  test('has at most seven ticks, none beyond the run, the unit on the last', () => {
    fc.assert(
      fc.property(total, width, (ns, px) => {
        const ticks = timeTicks(timeScale(ns, px));
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks[0]).toMatchObject({ x: 0 });
        expect(ticks.every(({ x }) => x <= px)).toBe(true);
        expect(ticks.at(-1)?.words).toMatch(/ (s|ms|µs)$/);
        expect(new Set(ticks.map(({ words }) => words)).size).toBe(ticks.length);
      }),
    );
  });

  test('gives each arm the time until the next one begins, and the rest to none', () => {
    expect(armSpans([arm(1, 5), arm(2, 30)], 100)).toEqual([
      { arm: 0, from: 0, to: 5 },
      { arm: 1, from: 5, to: 30 },
      { arm: 2, from: 30, to: 100 },
    ]);
    expect(armSpans([], 100)).toEqual([{ arm: 0, from: 0, to: 100 }]);
    expect(armSpans([arm(1, 0)], 100)).toEqual([{ arm: 1, from: 0, to: 100 }]);
  });

  test('draws an area whose highest step is the peak, within its part of the run', () => {
    const run = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 0, max: 900 })),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(run, fc.integer({ min: 0, max: 40 }), (steps, cut) => {
        const timeline = new HeldTimeline();
        let t = 0;
        for (const [wait, held] of steps) {
          timeline.add(t, { held, union: held });
          t += wait;
        }
        const points = timeline.points();
        const scale = timeScale(Math.max(1, t), 800);
        const span = { from: Math.floor((t * cut) / 100), to: t };
        const path = areaPath(points, span, scale, (held) => 1_000 - held);
        const levels = [...path.matchAll(/V([\d.]+)/g)].map(([, y]) => 1_000 - Number(y));
        const xs = [...path.matchAll(/[HM]([\d.]+)/g)].map(([, x]) => Number(x));
        if (path === '') return;
        expect(Math.max(...levels)).toBe(peakIn(points, span));
        expect(Math.min(...xs)).toBeGreaterThanOrEqual(Number(scale.x(span.from).toFixed(1)));
        expect(Math.max(...xs)).toBeLessThanOrEqual(800);
        expect(xs).toEqual(xs.toSorted((a, b) => a - b));
        expect(path.endsWith('Z')).toBe(true);
      }),
    );
  });

  test('merges marks that can’t be told apart, and loses none', () => {
    const times = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 400 });
    fc.assert(
      fc.property(times, width, fc.integer({ min: 1, max: 30 }), (given, px, least) => {
        const sorted = given.toSorted((a, b) => a - b);
        const scale = timeScale(10_000, px);
        const merged = mergeMarks(sorted, scale, least);
        expect(merged.reduce((sum, { count }) => sum + count, 0)).toBe(sorted.length);
        merged.forEach(({ x, first }, at) => {
          expect(x).toBe(scale.x(sorted[first] ?? -1));
          const before = merged[at - 1];
          if (before === undefined) return;
          expect(first).toBe(before.first + before.count);
          expect(x - before.x).toBeGreaterThanOrEqual(least);
        });
      }),
    );
  });

  test('never puts one label over another, nor outside', () => {
    const label = fc.record({
      width: fc.integer({ min: 10, max: 120 }),
      at: fc.array(fc.integer({ min: -50, max: 1_050 }), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 12 }), (labels) => {
        const placed = placedLabels(labels, 1_000).flatMap((x, at) => {
          const own = labels[at]?.width ?? 0;
          return x === null ? [] : [{ from: x - own / 2, to: x + own / 2 }];
        });
        placed.sort((a, b) => a.from - b.from);
        placed.forEach(({ from, to }, at) => {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(1_000);
          expect(from).toBeGreaterThanOrEqual(placed[at - 1]?.to ?? 0);
        });
        // The first one asked finds everything free.
        if (labels.length > 0) expect(placedLabels(labels, 1_000)[0]).not.toBeNull();
      }),
    );
  });
});
