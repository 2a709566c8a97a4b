import { describe, expect, it } from 'vitest';
import { bytes, elapsed, relativeTime, utcStamp } from '#renderer/kit/format.ts';

describe('utcStamp', () => {
  it('gives a date in UTC, whatever the zone of the machine', () => {
    expect(utcStamp('2026-11-21T02:14:08.731Z')).toBe('21 Nov 2026, 02:14:08 UTC');
    expect(utcStamp('2026-01-05T23:59:59+01:00')).toBe('5 Jan 2026, 22:59:59 UTC');
  });

  it('gives back what is no date', () => {
    expect(utcStamp('unknown')).toBe('unknown');
  });
});

describe('relativeTime', () => {
  const at = Date.parse('2026-11-21T02:14:08Z');
  const after = (seconds: number): string =>
    relativeTime('2026-11-21T02:14:08Z', at + seconds * 1_000);

  it('counts in the unit that fits', () => {
    expect([4, 59, 60, 3_599, 3_600, 86_399, 86_400, 1_036_800].map(after)).toEqual([
      '4 s ago',
      '59 s ago',
      '1 min ago',
      '59 min ago',
      '1 h ago',
      '23 h ago',
      '1 day ago',
      '12 days ago',
    ]);
  });

  it('says now for a clock that runs ahead', () => {
    expect(after(-3)).toBe('now');
  });
});

describe('bytes', () => {
  it('rounds to one decimal in thousands', () => {
    expect([0, 999, 1_000, 12_440, 21_300_000, 3_000_000_000].map(bytes)).toEqual([
      '0 B',
      '999 B',
      '1 KB',
      '12.4 KB',
      '21.3 MB',
      '3 GB',
    ]);
  });

  it('never says 1,000 of a unit that has a larger one', () => {
    expect(bytes(999_990)).toBe('1 MB');
  });
});

describe('elapsed', () => {
  it('keeps its places while it counts', () => {
    expect([0, 9_700, 59_990, 60_000, 724_000, 3_724_000].map(elapsed)).toEqual([
      '00:00.0',
      '00:09.7',
      '00:59.9',
      '01:00',
      '12:04',
      '1:02:04',
    ]);
  });
});
