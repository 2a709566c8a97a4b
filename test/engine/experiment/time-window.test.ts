import { describe, expect, test } from 'vitest';
import { isWithin, parseTimeWindow, timeWindowText } from '#engine/experiment/time-window.ts';

const at = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function within(window: string, time: string): boolean {
  return isWithin(parseTimeWindow(window), at(time));
}

describe('a part of the day', () => {
  test('begins with its first minute and is over with its last', () => {
    expect(within('09:30-17:00', '09:29')).toBe(false);
    expect(within('09:30-17:00', '09:30')).toBe(true);
    expect(within('09:30-17:00', '16:59')).toBe(true);
    expect(within('09:30-17:00', '17:00')).toBe(false);
  });

  test('may cross midnight', () => {
    for (const time of ['22:00', '23:59', '00:00', '05:29']) {
      expect(within('22:00-05:30', time), time).toBe(true);
    }
    for (const time of ['05:30', '12:00', '21:59']) {
      expect(within('22:00-05:30', time), time).toBe(false);
    }
  });

  test('of 24 hours less a minute leaves out just that minute', () => {
    const out = Array.from({ length: 1_440 }, (_, minute) => minute).filter(
      (minute) => !isWithin(parseTimeWindow('12:01-12:00'), minute),
    );
    expect(out).toEqual([at('12:00')]);
  });

  test('reads back as it was written', () => {
    for (const text of ['00:00-23:59', '22:00-05:30', '09:05-09:06']) {
      expect(timeWindowText(parseTimeWindow(text))).toBe(text);
    }
  });

  test.each([
    '',
    '22-5',
    '9:00-10:00',
    '24:00-01:00',
    '10:60-11:00',
    '10:00-10:00',
    ' 10:00-11:00',
  ])('"%s" is none', (text) => {
    expect(() => parseTimeWindow(text)).toThrow(/--only-between|part of the day/);
  });
});
