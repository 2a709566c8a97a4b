import { describe, expect, test } from 'vitest';
import type { RunWishInput } from '#engine/api/run-wish.ts';
import { measuresOf } from '#renderer/screens/run/measures/measure-words.ts';
import { FULL, recordedView } from './recorded-view.ts';

describe('measures in words', () => {
  test.each([
    ['capacity', FULL],
    ['sweep', { experiment: 'sweep', stack: 'simulated', seed: 5 }],
    ...['late-option', 'wildcard-address', 'cross-process'].map(
      (experiment): [string, RunWishInput] => [
        experiment,
        { experiment, stack: 'simulated', seed: 5 },
      ],
    ),
    ['connect-reuse', { experiment: 'connect-reuse', stack: 'simulated', seed: 5 }],
    ['time-wait', { experiment: 'time-wait', stack: 'simulated', seed: 5 }],
  ] satisfies [string, RunWishInput][])('every one a %s records has them', async (_, wish) => {
    const recorded = await recordedView(wish);
    try {
      const { measures } = recorded.view.document;
      const rows = measuresOf(measures, 'modelled');
      expect(rows.map(({ name }) => name)).toEqual(Object.keys(measures));
      expect(rows.length).toBeGreaterThan(4);
      for (const { name, words } of rows) expect(words, name).toMatch(/^[A-Z].*/);
    } finally {
      await recorded.close();
    }
  });

  test('rates and latencies name their arm and their unit', () => {
    const rows = measuresOf(
      {
        'port-scalability-2.bindP95Ns': 44_415,
        'legacy.bindsPerSecond': 5_677,
        'port-scalability.coverage': 0.995,
        multiplier: 3.9997,
        'some.thing': 7,
      },
      'measured',
    );
    expect(rows.map(({ words, of, text, unit }) => [words, of, text, unit])).toEqual([
      ['Bind latency, 95th percentile', 'Port scalability, arm 2', '44.415', 'µs'],
      ['Successful binds', 'Legacy (no option)', '5,677', '1/s'],
      ['Share of the range that was seen', 'Port scalability', '99.5', '%'],
      ['Ports with the option, per port without', 'Whole run', '4', '×'],
      ['some.thing', 'Whole run', '7', ''],
    ]);
  });

  test('the model’s time is called virtual, a real arm’s is not', () => {
    const words = (basis: 'modelled' | 'wine' | 'measured') =>
      measuresOf({ 'legacy.seconds': 1 }, basis)[0]?.words;
    expect(words('modelled')).toContain('Virtual');
    expect(words('wine')).not.toContain('Virtual');
    expect(words('measured')).not.toContain('Virtual');
  });
});
