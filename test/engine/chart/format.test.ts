import { describe, expect, it } from 'vitest';
import { formatNumber, timeUnit } from '#engine/chart/format.ts';

describe('formatNumber', () => {
  it('separates thousands and drops decimals that say nothing', () => {
    expect(formatNumber(65_536)).toBe('65,536');
    expect(formatNumber(258_044.4)).toBe('258,044');
    expect(formatNumber(4.25, 1)).toBe('4.3');
    expect(formatNumber(4, 2)).toBe('4');
    expect(formatNumber(1_234_567.5, 3)).toBe('1,234,567.5');
    expect(formatNumber(999)).toBe('999');
    expect(formatNumber(100, 2)).toBe('100');
  });

  it('writes negative numbers with a minus sign, and none for zero', () => {
    expect(formatNumber(-1_200)).toBe('\u22121,200');
    expect(formatNumber(-0.2)).toBe('0');
  });

  it('shows a dash for what is no number', () => {
    expect(formatNumber(Number.NaN)).toBe('\u2013');
    expect(formatNumber(Infinity)).toBe('\u2013');
  });
});

describe('timeUnit', () => {
  it('suits the span', () => {
    expect(timeUnit(2e9).name).toBe('s');
    expect(timeUnit(2e6).name).toBe('ms');
    expect(timeUnit(900).name).toBe('\u00b5s');
  });
});
