import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LevelLatency, MAX_LEVEL_BUCKETS } from '#engine/analysis/level-latency.ts';
import { exactQuantile } from './exact-quantile.ts';

const bind = fc.record({
  level: fc.oneof(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 300_000 })),
  ns: fc.integer({ min: 0, max: 5_000_000 }),
});

describe('LevelLatency', () => {
  it('sums up exactly the binds of the levels each point names', () => {
    fc.assert(
      fc.property(fc.array(bind, { maxLength: 600 }), (binds) => {
        const latency = new LevelLatency();
        for (const { level, ns } of binds) latency.record(level, ns);
        const points = latency.points();
        expect(points.length).toBeLessThanOrEqual(MAX_LEVEL_BUCKETS);
        expect(points.reduce((sum, point) => sum + point.count, 0)).toBe(binds.length);
        let past = -1;
        for (const point of points) {
          expect(point.from).toBeGreaterThan(past);
          past = point.to;
          const values = binds
            .filter(({ level }) => level >= point.from && level <= point.to)
            .map(({ ns }) => ns);
          expect(point.count).toBe(values.length);
          expect(point.max).toBe(Math.max(...values));
          for (const [given, share] of [
            [point.p50, 0.5],
            [point.p95, 0.95],
          ] as const) {
            const exact = exactQuantile(values, share);
            expect(Math.abs(given - exact)).toBeLessThanOrEqual(exact / 64);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lets no point rest on fewer than 50 binds where there are so many', () => {
    const latency = new LevelLatency();
    for (let level = 0; level < 1_030; level++) latency.record(level, 9_000);
    const points = latency.points();
    expect(points.length).toBeGreaterThan(10);
    expect(Math.min(...points.map((point) => point.count))).toBeGreaterThanOrEqual(50);
  });

  it('can be asked again while it goes on', () => {
    const latency = new LevelLatency();
    for (let level = 0; level < 500; level++) latency.record(level, level);
    const before = latency.points();
    expect(latency.points()).toEqual(before);
    latency.record(500, 1);
    expect(latency.points().at(-1)?.count).toBe((before.at(-1)?.count ?? 0) + 1);
  });
});
