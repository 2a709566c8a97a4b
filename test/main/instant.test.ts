import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { instant, speed } from '#main/cli/instant.ts';

describe('an instant as typed', () => {
  test.each([
    ['9.702', { t: 9_702_000_000 }],
    ['9.702s', { t: 9_702_000_000 }],
    ['9.702 s', { t: 9_702_000_000 }],
    ['500ms', { t: 500_000_000 }],
    ['120us', { t: 120_000 }],
    ['120.5µs', { t: 120_500 }],
    ['7ns', { t: 7 }],
    ['2min', { t: 120_000_000_000 }],
    ['0', { t: 0 }],
    ['0.1', { t: 100_000_000 }],
    ['#1', { seq: 0 }],
    ['#0', { seq: -1 }],
    ['#124011', { seq: 124_010 }],
  ])('%s', (text, wish) => {
    expect(instant(text)).toEqual(wish);
  });

  test.each(['', ' ', 's', '#', '#x', '-5', '5h', '1e9', '.5', '5.', 'NaN', '99999999999999'])(
    '%j is none',
    (text) => {
      expect(() => instant(text)).toThrow(InvalidArgumentError);
    },
  );
});

describe('a speed as typed', () => {
  test.each([
    ['0.25', 0.25],
    ['1', 1],
    ['10x', 10],
    ['1000×', 1_000],
    ['max', Infinity],
  ])('%s', (text, value) => {
    expect(speed(text)).toBe(value);
  });

  test.each(['', '0', '0.2', '1001', '-1', 'x', '1/4', 'Infinity', '1e2'])('%j is none', (text) => {
    expect(() => speed(text)).toThrow(InvalidArgumentError);
  });
});
