import { expect, test } from 'vitest';
import { ONE_ADAPTER, saidOf, smallHost, THREE, wrongOverSeeds } from '../modelled-hosts.ts';
import { runOnModel, type SimulatedCase } from '../simulated-lab.ts';

const SHARED = {
  'PS-2 same-nic': 'confirmed',
  'PS-2 different-nics': 'confirmed',
  'A28=': 'shared',
};
const NOT_SHARED = {
  'PS-2 same-nic': 'refuted',
  'PS-2 different-nics': 'confirmed',
  'A28=': 'not-shared',
};
const OPEN = { 'PS-2 same-nic': 'inconclusive', 'PS-2 different-nics': 'inconclusive' };

test.each<[string, SimulatedCase['profile'], Record<string, string>]>([
  ['documented', smallHost({}, THREE), SHARED],
  ['a client', smallHost({}, { base: 'windows-10', ...THREE }), SHARED],
  [
    '2008 R2 unpatched',
    smallHost({}, { base: 'windows-server-2008r2-unpatched', ...THREE }),
    NOT_SHARED,
  ],
  ['2008 R2 patched', smallHost({}, { base: 'windows-server-2008r2', ...THREE }), SHARED],
  // Without an address of another adapter nothing shows that a held number would be picked at all.
  [
    '2008 R2 unpatched, one adapter',
    smallHost({}, { base: 'windows-server-2008r2-unpatched', ...ONE_ADAPTER }),
    { 'PS-2': 'inconclusive' },
  ],
  [
    '2008 R2 patched, one adapter',
    smallHost({}, { base: 'windows-server-2008r2', ...ONE_ADAPTER }),
    { 'PS-2': 'confirmed', 'A28=': 'shared' },
  ],
  ['the option ignored', smallHost({ A1: 'ignored' }, THREE), OPEN],
  ['wine-8', smallHost({}, { base: 'wine-8', ...THREE }), OPEN],
  ['numbers free everywhere preferred', smallHost({ A20: 'spread' }, THREE), OPEN],
  ['held numbers preferred', smallHost({ A20: 'pack', A28: 'not-shared' }, THREE), NOT_SHARED],
  ['picked at random', smallHost({ A19: 'random', A28: 'not-shared' }, THREE), NOT_SHARED],
])('%s', async (_, profile, expected) => {
  const end = await runOnModel({ experiment: 'same-adapter', profile });
  expect(end.open).toBe(0);
  expect(saidOf(end)).toEqual(expected);
  // The reserve: four fifths of 400 numbers.
  expect(end.peakUnion).toBeLessThanOrEqual(80);
});

const SWITCHES = [
  [{}, SHARED],
  [{ A28: 'not-shared' }, NOT_SHARED],
  [{ A28: 'not-shared', A2: 'allowed' }, NOT_SHARED],
  [{ A3: 'allowed' }, SHARED],
  [{ A3: 'allowed', A28: 'not-shared' }, NOT_SHARED],
] as const;

test('whatever the host’s picking order and other applications, it is never wrong', async () => {
  const { wrong, open } = await wrongOverSeeds('same-adapter', SWITCHES, THREE);
  expect(wrong).toEqual([]);
  // Three in eight hosts prefer numbers that are free everywhere.
  expect(open).toBeLessThan(0.7);
}, 120_000);
