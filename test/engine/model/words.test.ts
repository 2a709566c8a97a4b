import { expect, test } from 'vitest';
import { count, duration, percent, thousands } from '#engine/model/words.ts';

test('figures read as a person writes them', () => {
  expect(thousands(999)).toBe('999');
  expect(thousands(258_044)).toBe('258,044');
  expect(thousands(1_234_567)).toBe('1,234,567');
  expect(count(1, 'port')).toBe('1 port');
  expect(count(0, 'port')).toBe('0 ports');
  expect(count(4, 'address')).toBe('4 addresses');
  expect(duration(850)).toBe('850 ns');
  expect(duration(12_340)).toBe('12.3 µs');
  expect(duration(2_500_000_000)).toBe('2.5 s');
  expect(percent(0.8999)).toBe('90 %');
});
