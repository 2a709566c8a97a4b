import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from '#engine/analysis/latency-histogram.ts';
import { exactQuantile } from './exact-quantile.ts';

const nanoseconds = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 50_000 }),
  fc.integer({ min: 0, max: 0xffff_ffff }),
);

function histogramOf(values: readonly number[], subBits?: number): LatencyHistogram {
  const histogram = new LatencyHistogram(subBits);
  for (const value of values) histogram.record(value);
  return histogram;
}

describe('LatencyHistogram', () => {
  it('gives every quantile within its error bound', () => {
    fc.assert(
      fc.property(
        fc.array(nanoseconds, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(2, 5, 7, 10),
        (values, share, subBits) => {
          const exact = exactQuantile(values, share);
          const given = histogramOf(values, subBits).quantile(share);
          expect(Math.abs(given - exact)).toBeLessThanOrEqual(exact / 2 ** (subBits + 1));
        },
      ),
    );
  });

  it('counts and finds the largest value exactly', () => {
    fc.assert(
      fc.property(fc.array(nanoseconds), (values) => {
        const histogram = histogramOf(values);
        expect(histogram.count).toBe(values.length);
        expect(histogram.max).toBe(Math.max(0, ...values));
        expect(histogram.quantile(1)).toBe(Math.max(0, ...values));
      }),
    );
  });

  it('is the same whether values are recorded or merged', () => {
    fc.assert(
      fc.property(fc.array(nanoseconds), fc.array(nanoseconds), (left, right) => {
        const merged = histogramOf(left);
        merged.merge(histogramOf(right));
        const whole = histogramOf([...left, ...right]);
        for (const share of [0, 0.25, 0.5, 0.95, 0.99, 1]) {
          expect(merged.quantile(share)).toBe(whole.quantile(share));
        }
        expect(merged.count).toBe(whole.count);
      }),
    );
  });

  it('holds the smallest and the largest duration a row can have', () => {
    const histogram = histogramOf([0, 0xffff_ffff]);
    expect(histogram.quantile(0)).toBe(0);
    expect(histogram.quantile(1)).toBe(0xffff_ffff);
  });
});
