import { describe, expect, test } from 'vitest';
import type { RunDocument } from '#engine/run/run-document.ts';
import { poolOfRun } from '#engine/run/run-pool.ts';
import { sampleDocument } from '#test/data/sample-run.ts';

function withProfile(resolved: Record<string, unknown>): RunDocument {
  const document = sampleDocument('pool');
  return { ...document, run: { ...document.run, profile: { name: 'p', resolved } } };
}

test('a simulated run draws on its profile’s range, less what is excluded of its pool', () => {
  const pool = poolOfRun(
    withProfile({
      dynamicRanges: { tcp4: { start: 50_000, count: 400 } },
      excludedRanges: [
        { protocol: 'tcp', family: 'ipv4', start: 50_010, count: 5 },
        { protocol: 'udp', family: 'ipv4', start: 50_020, count: 5 },
      ],
    }),
  );
  expect(pool).toEqual({
    name: 'TCP IPv4',
    range: { start: 50_000, count: 400 },
    excluded: [{ start: 50_010, count: 5 }],
  });
});

describe('an imported run may say anything of its range', () => {
  test.each([
    [{ start: 0, count: 1e12 }],
    [{ start: -5, count: 10 }],
    [{ start: 65_000, count: 1_000 }],
    [{ start: 1.5, count: 10 }],
    [{ start: '50000', count: '10' }],
    [{ start: Number.NaN, count: 10 }],
    [{ start: 50_000, count: 0 }],
    ['50000-50010'],
    [null],
  ])('%j is none', (tcp4) => {
    expect(poolOfRun(withProfile({ dynamicRanges: { tcp4 } }))).toBeNull();
  });

  test('and of what is excluded', () => {
    const pool = poolOfRun(
      withProfile({
        dynamicRanges: { tcp4: { start: 50_000, count: 400 } },
        excludedRanges: [null, 7, { protocol: 'tcp', family: 'ipv4', start: 1, count: 1e9 }],
      }),
    );
    expect(pool?.excluded).toEqual([]);
  });
});
