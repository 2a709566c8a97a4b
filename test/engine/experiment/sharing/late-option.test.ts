import { expect, test } from 'vitest';
import { ONE_ADAPTER, saidOf, smallHost, wrongOverSeeds } from '../modelled-hosts.ts';
import { runOnModel, type SimulatedCase } from '../simulated-lab.ts';

const NO_EFFECT = {
  'PS-6': 'confirmed',
  'A17=': 'accepted',
  'PS-6=': 'no-effect',
  'A2=': 'blocked',
};
const OPEN = { 'PS-6': 'inconclusive', 'A17=': 'accepted' };
const TAKES_EFFECT = { ...NO_EFFECT, 'PS-6': 'refuted', 'PS-6=': 'takes-effect' };

test.each<[string, SimulatedCase['profile'], Record<string, string>]>([
  ['documented', smallHost(), NO_EFFECT],
  ['a client', smallHost({}, { base: 'windows-10' }), NO_EFFECT],
  [
    'late setting refused',
    smallHost({ A17: 'refused' }),
    {
      'PS-6': 'confirmed',
      'A17=': 'refused',
      'A2=': 'blocked',
    },
  ],
  ['it takes effect', smallHost({ 'PS-6': 'takes-effect' }), TAKES_EFFECT],
  // Numbers held with and without the option are told apart by sockets without it here.
  [
    'everybody’s numbers are shared, late or not',
    smallHost({ 'PS-6': 'takes-effect', A2: 'allowed', A3: 'allowed' }),
    { ...TAKES_EFFECT, 'A2=': 'allowed' },
  ],
  ['nothing tells them apart', smallHost({ A2: 'allowed' }), { ...OPEN, 'A2=': 'allowed' }],
  ['the option ignored', smallHost({ A1: 'ignored' }), OPEN],
  ['the option refused', smallHost({ A1: 'refused' }), { 'PS-6': 'inconclusive' }],
  [
    '2008 R2 unpatched, one adapter',
    smallHost({}, { base: 'windows-server-2008r2-unpatched', ...ONE_ADAPTER }),
    OPEN,
  ],
  ['wine-8', smallHost({}, { base: 'wine-8' }), OPEN],
  ['numbers free everywhere preferred', smallHost({ A20: 'spread' }), OPEN],
  ['held numbers preferred', smallHost({ A20: 'pack' }), NO_EFFECT],
])('%s', async (_, profile, expected) => {
  const end = await runOnModel({ experiment: 'late-option', profile });
  expect(end.open).toBe(0);
  expect(saidOf(end)).toEqual(expected);
  // The reserve: four fifths of 400 numbers.
  expect(end.peakUnion).toBeLessThanOrEqual(80);
});

const SWITCHES = [
  [{}, NO_EFFECT],
  [
    { A17: 'refused', 'PS-6': 'takes-effect' },
    { 'PS-6': 'confirmed', 'A17=': 'refused', 'PS-6=': 'none' },
  ],
  [{ 'PS-6': 'takes-effect' }, TAKES_EFFECT],
  [
    { 'PS-6': 'takes-effect', A2: 'allowed', A3: 'allowed' },
    { ...TAKES_EFFECT, 'A2=': 'allowed' },
  ],
  [{ A2: 'allowed' }, { ...NO_EFFECT, 'A2=': 'allowed' }],
  [{ A3: 'allowed' }, NO_EFFECT],
] as const;

test('whatever the host’s picking order and other applications, it is never wrong', async () => {
  const { wrong, open } = await wrongOverSeeds('late-option', SWITCHES);
  expect(wrong).toEqual([]);
  // Three in eight hosts prefer numbers that are free everywhere.
  expect(open).toBeLessThan(0.65);
}, 120_000);
