import { expect, test } from 'vitest';
import { ONE_ADAPTER, saidOf, smallHost, wrongOverSeeds } from '../modelled-hosts.ts';
import { runOnModel, type SimulatedCase } from '../simulated-lab.ts';

const LESS = { 'PS-7': 'confirmed', 'A6=': 'as-option-less' };
const AS_OPTION = { 'PS-7': 'refuted', 'A6=': 'as-option' };
const OPEN = { 'PS-7': 'inconclusive' };

test.each<[string, SimulatedCase['profile'], Record<string, string>]>([
  ['documented', smallHost(), LESS],
  ['a client', smallHost({}, { base: 'windows-10' }), LESS],
  ['as with the option', smallHost({ A6: 'as-option' }), AS_OPTION],
  ['the option ignored', smallHost({ A1: 'ignored' }), OPEN],
  [
    '2008 R2 unpatched, one adapter',
    smallHost({}, { base: 'windows-server-2008r2-unpatched', ...ONE_ADAPTER }),
    OPEN,
  ],
  ['wine-8', smallHost({}, { base: 'wine-8' }), OPEN],
  ['numbers free everywhere preferred', smallHost({ A20: 'spread', A6: 'as-option' }), OPEN],
  ['held numbers preferred', smallHost({ A20: 'pack', A6: 'as-option' }), AS_OPTION],
  [
    'named numbers refused elsewhere',
    smallHost({ A7: 'blocked', A8: 'denied', A9: 'blocked' }),
    LESS,
  ],
])('%s', async (_, profile, expected) => {
  const end = await runOnModel({ experiment: 'wildcard-address', profile });
  expect(end.open).toBe(0);
  expect(saidOf(end)).toEqual(expected);
  // The reserve: four fifths of 400 numbers.
  expect(end.peakUnion).toBeLessThanOrEqual(80);
});

const SWITCHES = [
  [{}, LESS],
  [{ A6: 'as-option' }, AS_OPTION],
  [{ A3: 'allowed' }, LESS],
  [{ A3: 'allowed', A6: 'as-option' }, AS_OPTION],
  [{ A2: 'allowed', A7: 'blocked' }, LESS],
] as const;

test('whatever the host’s picking order and other applications, it is never wrong', async () => {
  const { wrong, open } = await wrongOverSeeds('wildcard-address', SWITCHES);
  expect(wrong).toEqual([]);
  // Three in eight hosts prefer numbers that are free everywhere.
  expect(open).toBeLessThan(0.7);
}, 120_000);
