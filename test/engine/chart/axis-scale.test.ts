import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisScale } from '#engine/chart/axis-scale.ts';

describe('axisScale', () => {
  it('holds the largest value with few round steps from 0', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 3, max: 6 }),
        (max, intervals) => {
          const scale = axisScale(max, intervals);
          expect(scale.max).toBeGreaterThanOrEqual(max * (1 - 1e-9));
          const steps = scale.max / scale.interval;
          expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
          expect(Math.round(steps)).toBeLessThanOrEqual(intervals);
          const digits = scale.interval / 10 ** Math.floor(Math.log10(scale.interval) + 1e-9);
          expect([1, 2, 2.5, 5]).toContain(Number(digits.toPrecision(6)));
        },
      ),
    );
  });

  it('uses the room it has', () => {
    expect(axisScale(24_480)).toEqual({ max: 25_000, interval: 5_000 });
    expect(axisScale(65_536)).toEqual({ max: 80_000, interval: 20_000 });
  });

  it('shows an axis even where there is nothing to show', () => {
    expect(axisScale(0)).toEqual({ max: 1, interval: 1 });
  });
});
