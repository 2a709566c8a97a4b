import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_SCROLL_PX,
  isStretched,
  listOffset,
  rowsInView,
  scrollScale,
  scrollTopOf,
} from '#renderer/kit/scroll-scale.ts';

const ROW = 26;

describe('a list that fits a browser’s element', () => {
  it('scrolls pixel by pixel', () => {
    const scale = scrollScale(1_000, ROW, 500);
    expect(isStretched(scale)).toBe(false);
    expect(scale.elementPx).toBe(26_000);
    expect(listOffset(scale, 1_234)).toBe(1_234);
    expect(scrollTopOf(scale, 1_234)).toBe(1_234);
  });

  it('does not scroll where all rows are in view', () => {
    const scale = scrollScale(3, ROW, 500);
    expect(listOffset(scale, 40)).toBe(0);
    expect(scrollTopOf(scale, 40)).toBe(0);
  });
});

describe('a list of tens of millions', () => {
  const rows = 40_000_000;
  const scale = scrollScale(rows, ROW, 500);

  it('stays below the height browsers cap elements at', () => {
    expect(scale.elementPx).toBe(MAX_SCROLL_PX);
    expect(isStretched(scale)).toBe(true);
  });

  it('reaches its first and its last row', () => {
    expect(rowsInView(listOffset(scale, 0), scale, ROW, rows).from).toBe(0);
    const bottom = listOffset(scale, scale.elementPx - 500);
    expect(rowsInView(bottom, scale, ROW, rows).to).toBe(rows);
    expect(bottom).toBe(rows * ROW - 500);
  });

  it('finds a place again from its scroll position', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: rows * ROW - 500, noNaN: true }), (offset) => {
        expect(listOffset(scale, scrollTopOf(scale, offset))).toBeCloseTo(offset, 3);
      }),
    );
  });
});

describe('rowsInView', () => {
  it('covers the view and a few rows around it, never beyond the list', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000 }),
        fc.integer({ min: 0, max: 2_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, viewPx, share) => {
          const offset = share * Math.max(0, count * ROW - viewPx);
          const { from, to } = rowsInView(offset, { viewPx }, ROW, count);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(count);
          expect(from * ROW).toBeLessThanOrEqual(offset);
          expect(to * ROW).toBeGreaterThanOrEqual(Math.min(count * ROW, offset + viewPx) - 1e-6);
          expect(to - from).toBeLessThanOrEqual(viewPx / ROW + 10);
        },
      ),
    );
  });
});
