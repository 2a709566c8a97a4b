import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels } from '#engine/chart/label-placement.ts';

const PLOT = {
  x: { max: 10, interval: 2 },
  y: { max: 100, interval: 20 },
  margin: { left: 50, right: 120, top: 30, bottom: 40 },
  width: 540,
  height: 280,
  compact: false,
  oneLine: false,
};
const PLOT_HEIGHT = 280 - 30 - 40;

describe('placeLabels', () => {
  it('never lays two labels on each other, nor one below the axis', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: 0, max: 10, noNaN: true }),
            fc.double({ min: 0, max: 100, noNaN: true }),
          ),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        (ends) => {
          const placed = placeLabels(ends, PLOT);
          const heights = placed.map(({ option }, at) => {
            const own = 30 + (1 - (ends[at]?.[1] ?? 0) / 100) * PLOT_HEIGHT;
            return own + Number((option['offset'] as readonly number[])[1]);
          });
          for (const height of heights) expect(height).toBeLessThanOrEqual(280 - 40);
          const sorted = heights.toSorted((a, b) => a - b);
          sorted.slice(1).forEach((height, at) => {
            expect(height - (sorted[at] ?? 0)).toBeGreaterThanOrEqual(31.99);
          });
        },
      ),
    );
  });

  it('leaves a label alone where it has room', () => {
    const [label] = placeLabels([[10, 80]], PLOT);
    expect(label?.option).toEqual({ position: 'right', offset: [2, 0] });
  });
});
