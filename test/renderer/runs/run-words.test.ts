import { describe, expect, test } from 'vitest';
import {
  claimsWeight,
  claimsWords,
  newestOf,
  runName,
  runsSentence,
  shortStamp,
  shortVerdict,
} from '#renderer/screens/runs/run-words.ts';
import { summary } from './summaries.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('the words of the list', () => {
  test('the sentence says how many there are and what came last', () => {
    const old = summary({ startedAt: '2026-02-01T00:00:00Z', title: 'Old' });
    const fresh = summary({ startedAt: '2026-03-01T11:48:00Z', hostname: 'gw-1' });
    expect(runsSentence([old, fresh], NOW)).toBe(
      '2 runs recorded; newest: Capacity on gw-1, 12 min ago',
    );
    expect(runsSentence([old], NOW)).toBe('1 run recorded; newest: Old, 28 days ago');
    expect(runsSentence([], NOW)).toBe('No run recorded');
    expect(newestOf([fresh, old])).toBe(fresh);
  });

  test('a run without a title is named by what was run where', () => {
    expect(runName(summary({ experiment: 'sweep', hostname: 'vm' }))).toBe('Sweep on vm');
    expect(runName(summary({ title: 'Proxy tier' }))).toBe('Proxy tier');
  });

  test('a verdict leaves out what the basis says beside it, and nothing else', () => {
    expect(shortVerdict('Simulated (profile documented): not settled: why.')).toBe(
      'Not settled: why.',
    );
    expect(shortVerdict('Wine, not Windows: the control scaled too.')).toBe(
      'The control scaled too.',
    );
    const measured =
      'SO_PORT_SCALABILITY does not multiply the wildcard ports: 5 with it, 5 without.';
    expect(shortVerdict(measured)).toBe(measured);
  });

  test('dates name the year only where it is another one', () => {
    expect(shortStamp('2026-02-09T04:05:59Z', NOW)).toBe('9 Feb, 04:05');
    expect(shortStamp('2025-12-31T23:59:59Z', NOW)).toBe('31 Dec 2025, 23:59');
    expect(shortStamp('no date', NOW)).toBe('no date');
  });

  test('claims are tallied in the order of their outcomes', () => {
    const claims = [
      { id: 'PS-1', outcome: 'untested' },
      { id: 'PS-2', outcome: 'confirmed' },
      { id: 'PS-3', outcome: 'confirmed' },
    ] as const;
    expect(claimsWords(claims)).toBe('2 confirmed, 1 untested');
    expect(claimsWords([])).toBe('no claim');
    const weights = [
      claims,
      [{ id: 'PS-1', outcome: 'refuted' }],
      [{ id: 'PS-1', outcome: 'inconclusive' }],
      [],
    ] as const;
    const sorted = [...weights].sort((a, b) => claimsWeight(b) - claimsWeight(a));
    expect(sorted).toEqual(weights);
  });
});
