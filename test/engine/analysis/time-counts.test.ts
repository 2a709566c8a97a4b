import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TIME_BUCKETS, TimeCounts } from '#engine/analysis/time-counts.ts';

const call = fc.record({
  after: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 2e9 })),
  duration: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff_ffff })),
  n: fc.integer({ min: 0, max: 700 }),
});

describe('TimeCounts', () => {
  it('knows, at the end of every bucket, how many instants had come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.array(call, { maxLength: 25 }),
        (origin, calls) => {
          const counts = new TimeCounts(origin);
          const instants: number[] = [];
          let t = origin;
          for (const { after, duration, n } of calls) {
            t += after;
            counts.addSpread(t, duration, n);
            for (let i = 1; i <= n; i++) instants.push(t + Math.floor((duration * i) / n));
          }
          const points = counts.cumulative();
          expect(counts.total).toBe(instants.length);
          expect(points.length).toBeLessThanOrEqual(MAX_TIME_BUCKETS);
          expect(points.at(-1)?.count ?? 0).toBe(instants.length);
          for (const point of points) {
            expect(point.count).toBe(instants.filter((instant) => instant < point.t).length);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts one instant like a call that stands for one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4e9 }), { maxLength: 60 }), (instants) => {
        const single = new TimeCounts(0);
        const spread = new TimeCounts(0);
        for (const t of instants) {
          single.add(t);
          spread.addSpread(t, 0, 1);
        }
        expect(single.cumulative()).toEqual(spread.cumulative());
      }),
    );
  });

  it('keeps at least 200 buckets of resolution however long the run is', () => {
    const counts = new TimeCounts(0);
    const hour = 3_600e9;
    for (let i = 0; i < 100_000; i++) counts.add(Math.floor((i / 100_000) * 10 * hour));
    expect(counts.cumulative().length).toBeGreaterThanOrEqual(MAX_TIME_BUCKETS / 2);
  });

  it('counts what lies before its beginning as having come at once', () => {
    const counts = new TimeCounts(1_000);
    counts.add(10);
    expect(counts.cumulative()).toEqual([{ t: 1_001, count: 1 }]);
  });
});
