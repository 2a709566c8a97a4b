import { expect, test } from 'vitest';
import type { WatchView } from '#engine/api/views.ts';
import { sampleHeadroom } from '#test/data/sample-headroom.ts';
import { PACES, paceWords, samplesWords } from '#renderer/screens/doctor/watch-words.ts';

const SAMPLE = sampleHeadroom('2026-01-02T03:04:05.000Z');

function view(drawn: number, recorded: number): WatchView {
  return { samples: Array(drawn).fill(SAMPLE), recorded, watching: null, problem: null };
}

test('it says how many looks were recorded, and when not all of them are drawn', () => {
  expect(samplesWords(view(0, 0), 'last hour')).toBe('no look recorded in the last hour');
  expect(samplesWords(view(1, 1), 'last hour')).toBe('1 look recorded in the last hour');
  expect(samplesWords(view(600, 12_345), 'last 7 days')).toBe(
    '12,345 looks recorded in the last 7 days; drawn are the tightest 600',
  );
});

test('an interval the screen does not offer is told all the same', () => {
  for (const { seconds, words } of PACES) expect(paceWords(seconds)).toBe(words);
  expect(paceWords(1_800)).toBe('every 1,800 s');
});
