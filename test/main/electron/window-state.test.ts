import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  leastSize,
  placeWindow,
  windowStateSchema,
  type Area,
  type WindowState,
} from '#main/electron/window/window-state.ts';

const FULL_HD: Area = { x: 0, y: 0, width: 1920, height: 1040 };
const LEFT_OF_IT: Area = { x: -1280, y: 0, width: 1280, height: 1000 };

describe('leastSize', () => {
  it('is 1024 × 700 where there is room', () => {
    expect(leastSize(FULL_HD)).toEqual({ width: 1024, height: 700 });
  });

  it('gives way on a small display scaled to 200 %, down to 800 × 560', () => {
    expect(leastSize({ width: 960, height: 580 })).toEqual({ width: 960, height: 580 });
    expect(leastSize({ width: 512, height: 360 })).toEqual({ width: 800, height: 560 });
  });
});

describe('placeWindow', () => {
  it('opens in the middle of the first display the first time', () => {
    expect(placeWindow(null, [FULL_HD])).toEqual({
      x: 240,
      y: 70,
      width: 1440,
      height: 900,
      maximized: false,
    });
  });

  it('never opens larger than the display', () => {
    const place = placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 728 }]);
    expect(place).toMatchObject({ x: 0, y: 0, width: 1024, height: 728 });
  });

  const there: WindowState = { x: -1200, y: 40, width: 1100, height: 800, maximized: true };

  it('opens where it was, on the second display too', () => {
    expect(placeWindow(there, [FULL_HD, LEFT_OF_IT])).toEqual(there);
  });

  it('comes back to the first display when its own is gone', () => {
    expect(placeWindow(there, [FULL_HD])).toMatchObject({ x: 410, y: 120, maximized: true });
  });

  it('comes back when its title bar is above or below every display', () => {
    for (const y of [-40, 1039, 5000]) {
      const place = placeWindow({ ...there, x: 100, y }, [FULL_HD]);
      expect(place.y).toBe(120);
    }
  });

  it('can always be got hold of and is never below the least size', () => {
    const size = fc.integer({ min: 0, max: 9000 });
    const at = fc.integer({ min: -9000, max: 9000 });
    const area = fc.record({
      x: at,
      y: at,
      width: fc.integer({ min: 640, max: 7680 }),
      height: fc.integer({ min: 400, max: 4320 }),
    });
    const state = fc.record({ x: at, y: at, width: size, height: size, maximized: fc.boolean() });
    fc.assert(
      fc.property(fc.option(state), area, area, (state, first, second) => {
        const place = placeWindow(state, [first, second]);
        const within = [first, second].some(
          (area) =>
            Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x) >=
              120 &&
            place.y >= area.y &&
            place.y <= area.y + area.height - 32,
        );
        expect(within).toBe(true);
        expect(place.width).toBeGreaterThanOrEqual(800);
        expect(place.height).toBeGreaterThanOrEqual(560);
      }),
      { numRuns: 3000 },
    );
  });
});

it('a state file of another shape is none', () => {
  expect(windowStateSchema.safeParse({ x: 0, y: 0, width: 1, height: 1 }).success).toBe(false);
  const wild = { x: 1e12, y: 0, width: 1, height: 1, maximized: false };
  expect(windowStateSchema.safeParse(wild).success).toBe(false);
});
