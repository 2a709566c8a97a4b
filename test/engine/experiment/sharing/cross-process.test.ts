import { expect, test } from 'vitest';
import { ONE_ADAPTER, saidOf, smallHost, wrongOverSeeds } from '../modelled-hosts.ts';
import { runOnModel, type SimulatedCase } from '../simulated-lab.ts';

const HOST_WIDE = { 'PS-8': 'confirmed', 'A4=': 'host-wide' };
const ONE_PROCESS = { 'PS-8': 'refuted', 'A4=': 'same-process-only' };
const OPEN = { 'PS-8': 'inconclusive' };

test.each<[string, SimulatedCase['profile'], Record<string, string>]>([
  ['documented', smallHost(), HOST_WIDE],
  ['a client', smallHost({}, { base: 'windows-10' }), HOST_WIDE],
  ['within one process only', smallHost({ A4: 'same-process-only' }), ONE_PROCESS],
  ['the option ignored', smallHost({ A1: 'ignored' }), OPEN],
  [
    '2008 R2 unpatched, one adapter',
    smallHost({}, { base: 'windows-server-2008r2-unpatched', ...ONE_ADAPTER }),
    OPEN,
  ],
  ['wine-8', smallHost({}, { base: 'wine-8' }), OPEN],
  [
    'numbers free everywhere preferred',
    smallHost({ A20: 'spread', A4: 'same-process-only' }),
    OPEN,
  ],
  ['held numbers preferred', smallHost({ A20: 'pack', A4: 'same-process-only' }), ONE_PROCESS],
  ['picked at random', smallHost({ A19: 'random', A4: 'same-process-only' }), ONE_PROCESS],
])('%s', async (_, profile, expected) => {
  const end = await runOnModel({ experiment: 'cross-process', profile });
  expect(end.open).toBe(0);
  expect(saidOf(end)).toEqual(expected);
  // The reserve: four fifths of 400 numbers.
  expect(end.peakUnion).toBeLessThanOrEqual(80);
});

const SWITCHES = [
  [{}, HOST_WIDE],
  [{ A4: 'same-process-only' }, ONE_PROCESS],
  [{ A4: 'same-process-only', A2: 'allowed' }, ONE_PROCESS],
  [{ A3: 'allowed' }, HOST_WIDE],
  [{ A3: 'allowed', A4: 'same-process-only' }, ONE_PROCESS],
] as const;

test('whatever the host’s picking order and other applications, it is never wrong', async () => {
  const { wrong, open } = await wrongOverSeeds('cross-process', SWITCHES);
  expect(wrong).toEqual([]);
  // Three in eight hosts prefer numbers that are free everywhere.
  expect(open).toBeLessThan(0.7);
}, 120_000);
