import { describe, expect, test } from 'vitest';
import { ONE_ADAPTER, saidOf, smallHost, wrongOverSeeds } from '../modelled-hosts.ts';
import { runOnModel, type SimulatedCase } from '../simulated-lab.ts';

async function said(
  profile: SimulatedCase['profile'],
  parameters: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const end = await runOnModel({ experiment: 'sweep', parameters, profile });
  expect(end.open).toBe(0);
  return saidOf(end);
}

const WORKS = {
  'PS-1': 'confirmed',
  'PS-2': 'confirmed',
  'PS-4': 'confirmed',
  platform: 'confirmed',
  'PS-1=': 'one-range',
  'A1=': 'honoured',
  'A2=': 'blocked',
  'A3=': 'blocked',
  'A10=': 'option-less',
  'A11=': 'blocked',
};
const NOTHING = { 'PS-2': 'inconclusive', 'PS-4': 'inconclusive', platform: 'inconclusive' };
const ONE_RANGE = { 'PS-1': 'confirmed', 'PS-1=': 'one-range' };
describe('what a sweep says', () => {
  test.each<[string, SimulatedCase['profile'], Record<string, string>]>([
    ['documented', smallHost(), WORKS],
    [
      'a client that honours',
      smallHost({}, { base: 'windows-10' }),
      { ...WORKS, platform: 'refuted' },
    ],
    [
      'a client that refuses',
      smallHost({ A1: 'refused' }, { base: 'windows-10' }),
      {
        ...ONE_RANGE,
        'PS-2': 'refuted',
        'PS-4': 'inconclusive',
        platform: 'confirmed',
        'A1=': 'refused',
      },
    ],
    [
      '2008 R2 unpatched, two adapters',
      smallHost({}, { base: 'windows-server-2008r2-unpatched' }),
      WORKS,
    ],
    [
      '2008 R2 unpatched, one adapter',
      smallHost({}, { base: 'windows-server-2008r2-unpatched', ...ONE_ADAPTER }),
      { ...ONE_RANGE, ...NOTHING },
    ],
    [
      'wine-8',
      smallHost({}, { base: 'wine-8' }),
      {
        'PS-1': 'refuted',
        ...NOTHING,
        'PS-1=': 'per-address',
        'A1=': 'ignored',
      },
    ],
    ['the option without effect', smallHost({ A1: 'ignored' }), { ...ONE_RANGE, ...NOTHING }],
    ['A2 allowed', smallHost({ A2: 'allowed' }), { ...WORKS, 'A2=': 'allowed' }],
    ['A3 allowed', smallHost({ A3: 'allowed' }), { ...WORKS, 'PS-4': 'refuted', 'A3=': 'allowed' }],
    ['A10 all', smallHost({ A10: 'all' }), { ...WORKS, 'A10=': 'all' }],
    ['A10 none', smallHost({ A10: 'none' }), { ...WORKS, 'A10=': 'none' }],
    ['A11 allowed', smallHost({ A11: 'allowed' }), { ...WORKS, 'A11=': 'allowed' }],
    [
      'numbers free everywhere preferred',
      smallHost({ A20: 'spread' }),
      { ...ONE_RANGE, ...NOTHING },
    ],
    ['held numbers preferred', smallHost({ A20: 'pack' }), WORKS],
    ['picked at random', smallHost({ A19: 'random' }), WORKS],
  ])('%s', async (_, profile, expected) => {
    expect(await said(profile)).toEqual(expected);
  });

  test('over UDP and over IPv6 it says that too', async () => {
    expect(await said(smallHost(), { protocol: 'udp' })).toEqual({ ...WORKS, 'A12=': 'as-tcp' });
    const addresses = [
      { address: '2001:db8::1', adapter: 'a' },
      { address: '2001:db8::2', adapter: 'b' },
    ];
    const six = { ...smallHost(), addresses };
    expect(await said(six, { family: 'ipv6' })).toEqual({ ...WORKS, 'A13=': 'as-ipv4' });
    const nothing = { ...ONE_RANGE, ...NOTHING };
    expect(await said(smallHost({ A12: 'ignored' }), { protocol: 'udp' })).toEqual(nothing);
    expect(await said({ ...six, assumptions: { A13: 'ignored' } }, { family: 'ipv6' })).toEqual(
      nothing,
    );
    expect(await said(smallHost({}, { base: 'wine-8' }), { protocol: 'udp' })).toEqual(nothing);
  });

  test('quick leaves the other kinds of holders out', async () => {
    const end = await runOnModel({
      experiment: 'sweep',
      parameters: { quick: '1' },
      profile: smallHost(),
    });
    expect(end.outcome.arms.map(({ strategy }) => strategy)).toEqual([
      'legacy',
      'port-scalability',
      'legacy',
    ]);
    expect(saidOf(end)).toMatchObject({ 'PS-2': 'confirmed', 'PS-4': 'inconclusive' });
  });
});

test('it never goes below the reserve, and holds no more than asked', async () => {
  const end = await runOnModel({ experiment: 'sweep', profile: smallHost({}, {}, 255) });
  // A fifth of 255 may be taken, one of them by the sweeping socket.
  expect(end.peakUnion).toBeLessThanOrEqual(51);
  const few = await runOnModel({
    experiment: 'sweep',
    parameters: { hold: '40' },
    profile: smallHost({}, {}, 1_000),
  });
  expect(few.peakUnion).toBe(41);
});

/** What the profile's switches imply: the option honoured, or not. */
const SWITCHES: readonly [Record<string, string>, Record<string, string>][] = [
  [{}, WORKS],
  [{ A1: 'ignored' }, { ...ONE_RANGE, 'PS-2': 'refuted', platform: 'refuted', 'A1=': 'ignored' }],
  [{ A2: 'allowed' }, { ...WORKS, 'A2=': 'allowed' }],
  [{ A3: 'allowed' }, { ...WORKS, 'PS-4': 'refuted', 'A3=': 'allowed' }],
  [{ A10: 'all' }, { ...WORKS, 'A10=': 'all' }],
  [{ A11: 'allowed' }, { ...WORKS, 'A11=': 'allowed' }],
];

test('whatever the host’s picking order and other applications, it is never wrong', async () => {
  const { wrong, open: undecided } = await wrongOverSeeds('sweep', SWITCHES);
  expect(wrong).toEqual([]);
  // PS-1 needs no option: it is settled nearly everywhere.
  expect(undecided).toBeLessThan(0.2);
}, 120_000);
