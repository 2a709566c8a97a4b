import { describe, expect, test } from 'vitest';
import { advance, clockUnit, paceWords } from '#engine/replay/pace.ts';

describe('a second of the replay', () => {
  test('is a second of a real run, however short or long that was', () => {
    expect([1e3, 1e9, 1e13].map((total) => clockUnit(total, true))).toEqual([1e9, 1e9, 1e9]);
    expect(paceWords(1e9)).toBe('1× is as fast as it ran');
  });

  test.each([
    ['44 µs, some forty calls', 44_000, '1× is 1 µs of virtual time a second'],
    ['164 ms', 164e6, '1× is 10 ms of virtual time a second'],
    ['1.5 s', 1.5e9, '1× is 100 ms of virtual time a second'],
    ['5 minutes', 300e9, '1× is as fast as it ran'],
  ])('of a modelled run of %s makes it last long enough to be watched', (_about, total, words) => {
    const unit = clockUnit(total, false);
    expect(paceWords(unit)).toBe(words);
    expect(total / unit).toBeGreaterThanOrEqual(10);
    if (unit < 1e9) expect(total / unit).toBeLessThan(100);
  });
});

describe('the clock', () => {
  test('goes so much further, and never past the end', () => {
    expect(advance(0, 100, 10, 1e9, 5e9)).toBe(1e9);
    expect(advance(4.5e9, 100, 10, 1e9, 5e9)).toBe(5e9);
    expect(advance(0, 1_000, 0.25, 1e9, 5e9)).toBe(0.25e9);
  });

  test('needs two seconds for any run at most speed', () => {
    let t = 0;
    let ticks = 0;
    for (; t < 3_600e9; ticks++) t = advance(t, 100, Infinity, 1e9, 3_600e9);
    expect(ticks).toBe(20);
  });
});
