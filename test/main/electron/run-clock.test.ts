import { expect, it } from 'vitest';
import { RunClock } from '#main/electron/run-clock.ts';

it('tells how long each run was seen to go on', () => {
  const clock = new RunClock();
  clock.saw(['a'], 1_000);
  clock.saw(['a', 'b'], 5_000);
  clock.saw(['a', 'b'], 9_000);
  expect(clock.ended('a', 12_000)).toBe(11_000);
  expect(clock.ended('b', 12_000)).toBe(7_000);
});

it('knows nothing of a run it never saw, nor of one that ended before', () => {
  const clock = new RunClock();
  clock.saw(['a'], 0);
  clock.ended('a', 10);
  expect(clock.ended('a', 99)).toBe(0);
  expect(clock.ended('never', 99)).toBe(0);
});
