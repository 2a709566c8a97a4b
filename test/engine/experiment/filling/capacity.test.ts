import { describe, expect, test } from 'vitest';
import { oddHost, SEEDS } from '../odd-hosts.ts';
import { runOnModel, type SimulatedCase, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 255 };
const RANGES = { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE };
const NO_RESERVE = { kind: 'number', ports: 0 } as const;

function on(
  profile: SimulatedCase['profile'] = {},
  more: Partial<SimulatedCase> = {},
): Promise<SimulatedEnd> {
  return runOnModel({
    experiment: 'capacity',
    exhaustive: true,
    reserve: NO_RESERVE,
    profile: {
      dynamicRanges: RANGES,
      addresses: [
        { address: '10.0.0.1', adapter: 'a' },
        { address: '10.0.0.2', adapter: 'b' },
      ],
      ...profile,
    },
    ...more,
    parameters: { arms: 'all', ...more.parameters },
  });
}

function claimed({ claims }: SimulatedEnd): Record<string, string> {
  return Object.fromEntries(claims.map(({ id, outcome }) => [id, outcome]));
}

function answered({ answers }: SimulatedEnd): Record<string, string> {
  return Object.fromEntries(answers.map(({ id, value }) => [id, value]));
}

const ONE_NIC = [
  { address: '10.0.0.1', adapter: 'a' },
  { address: '10.0.0.2', adapter: 'a' },
];
const WORKS = {
  'PS-1': 'confirmed',
  'PS-2': 'confirmed',
  'PS-3': 'confirmed',
  'prefer-unicast': 'refuted',
  'own-pool': 'confirmed',
};
const NOT_SHARED = { ...WORKS, 'PS-2': 'refuted', 'PS-3': 'refuted' };
const CONTROL_SCALES = {
  'PS-1': 'refuted',
  'PS-2': 'inconclusive',
  'PS-3': 'inconclusive',
  'prefer-unicast': 'inconclusive',
  'own-pool': 'inconclusive',
};
const ANSWERS = {
  'PS-1': 'one-range',
  A1: 'honoured',
  A14: '10055',
  reservations: 'supported',
  reservationScope: 'per-address',
};
const { A1: _honoured, ...WITHOUT_A1 } = ANSWERS;
const UNSUPPORTED = { reservations: 'unsupported' };

describe('capacity, all four arms', () => {
  test.each<[string, SimulatedCase['profile'], Record<string, string>, Record<string, string>]>([
    ['documented', {}, WORKS, ANSWERS],
    ['windows-10', { base: 'windows-10' }, WORKS, ANSWERS],
    [
      'windows-server-2008r2-unpatched, on one adapter',
      { base: 'windows-server-2008r2-unpatched', addresses: ONE_NIC },
      { ...NOT_SHARED, 'prefer-unicast': 'inconclusive' },
      WITHOUT_A1,
    ],
    [
      'windows-server-2008r2-unpatched, across two',
      { base: 'windows-server-2008r2-unpatched' },
      { ...WORKS, 'prefer-unicast': 'inconclusive' },
      ANSWERS,
    ],
    [
      'wine-8',
      { base: 'wine-8' },
      CONTROL_SCALES,
      { 'PS-1': 'per-address', A14: 'wine', ...UNSUPPORTED },
    ],
    ['the option ignored', { assumptions: { A1: 'ignored' } }, NOT_SHARED, WITHOUT_A1],
    [
      'the option refused',
      { assumptions: { A1: 'refused' } },
      { ...WORKS, 'PS-2': 'inconclusive', 'PS-3': 'inconclusive' },
      {
        'PS-1': 'one-range',
        A1: 'refused',
        reservations: 'supported',
        reservationScope: 'per-address',
      },
    ],
    [
      'every address its own range',
      { assumptions: { 'PS-1': 'per-address' } },
      CONTROL_SCALES,
      { ...WITHOUT_A1, 'PS-1': 'per-address' },
    ],
    [
      'an auto-reuse range',
      { autoReuseRange: { start: 40_000, count: 20 } },
      { ...WORKS, 'prefer-unicast': 'confirmed' },
      ANSWERS,
    ],
    [
      'no reservations: ports by name',
      { assumptions: UNSUPPORTED },
      WORKS,
      { 'PS-1': 'one-range', A1: 'honoured', A14: '10055', ...UNSUPPORTED },
    ],
    [
      'reserved numbers once on the host',
      { assumptions: { reservationScope: 'host-wide' } },
      { ...WORKS, 'own-pool': 'inconclusive' },
      { ...ANSWERS, reservationScope: 'host-wide' },
    ],
    [
      'ports kept on close, so the later arms find none',
      { assumptions: { A22: 'time-wait' } },
      {
        'PS-1': 'confirmed',
        'PS-2': 'inconclusive',
        'PS-3': 'inconclusive',
        'own-pool': 'inconclusive',
        'prefer-unicast': 'inconclusive',
      },
      { 'PS-1': 'one-range', A14: '10055' },
    ],
    [
      'another code when others starve it',
      {
        assumptions: { A15: 'wine' },
        holders: [
          { protocol: 'tcp', address: '10.0.0.2', start: 50_020, count: 10, kind: 'option' },
        ],
      },
      WORKS,
      ANSWERS,
    ],
  ])('%s', async (_name, profile, claims, answers) => {
    const end = await on(profile);
    expect(claimed(end)).toEqual(claims);
    expect(answered(end)).toMatchObject(answers);
    for (const id of ['A1', 'A14', 'reservations', 'reservationScope']) {
      if (!Object.hasOwn(answers, id)) expect(answered(end)).not.toHaveProperty(id);
    }
    expect(end.open).toBe(0);
  });

  test('over UDP and IPv6 the option’s answers are theirs too, and there is no unicast arm over UDP', async () => {
    const udp = await on({}, { parameters: { protocol: 'udp' } });
    expect(udp.outcome.arms.map(({ strategy }) => strategy)).toEqual([
      'legacy',
      'port-scalability',
      'port-pool',
    ]);
    expect(answered(udp)).toMatchObject({ A1: 'honoured', A12: 'as-tcp', A14: '10055' });
    expect(claimed(udp)).not.toHaveProperty('prefer-unicast');
    const deaf = await on({ assumptions: { A12: 'ignored' } }, { parameters: { protocol: 'udp' } });
    expect(claimed(deaf)).toMatchObject({ 'PS-2': 'refuted', 'PS-3': 'refuted' });
    expect(answered(deaf)).not.toHaveProperty('A1');
    const six = await on(
      { addresses: ['2001:db8::1', '2001:db8::2'] },
      { parameters: { family: 'ipv6' } },
    );
    expect(answered(six)).toMatchObject({ A1: 'honoured', A13: 'as-ipv4' });
  });

  test('over UDP under Wine the one range is seen although its size is unknown', async () => {
    const end = await on({ base: 'wine-8' }, { parameters: { protocol: 'udp' } });
    expect(claimed(end)).toMatchObject({
      'PS-1': 'confirmed',
      'PS-2': 'refuted',
      'PS-3': 'refuted',
    });
    expect(answered(end)).toMatchObject({ 'PS-1': 'one-range', A14: 'wine', ...UNSUPPORTED });
  });

  test('by default only the two arms about the option run, and only their claims are spoken of', async () => {
    const end = await on({}, { parameters: { arms: 'legacy,port-scalability' } });
    expect(Object.keys(claimed(end))).toEqual(['PS-1', 'PS-2', 'PS-3']);
  });

  test('no arm goes below the reserve', async () => {
    for (const seed of [1, 2, 3]) {
      for (const reservations of ['supported', 'unsupported']) {
        const end = await on(
          { assumptions: { reservations } },
          { exhaustive: false, reserve: { kind: 'number', ports: 200 }, seed },
        );
        expect(end.peakUnion).toBeLessThanOrEqual(55);
        expect(end.outcome.arms.map(({ ended }) => ended)).toEqual([
          'reserve',
          'reserve',
          'reserve',
          'reserve',
        ]);
        expect(end.open).toBe(0);
      }
    }
  });
});

test('whatever other applications do, it never says what is not so', async () => {
  const undecided: Record<string, number> = {};
  for (let seed = 1; seed <= SEEDS; seed++) {
    const host = oddHost(seed);
    const works = seed % 3 !== 0;
    const auto = seed % 5 === 0;
    const assumptions = {
      ...host.profile.assumptions,
      A1: works ? 'honoured' : 'ignored',
      'PS-1': seed % 4 === 1 ? 'per-address' : 'one-range',
      A14: seed % 7 < 2 ? 'wine' : '10055',
      A15: seed % 11 < 4 ? 'wine' : '10055',
      reservations: seed % 6 < 4 ? 'supported' : 'unsupported',
      reservationScope: seed % 9 < 5 ? 'per-address' : 'host-wide',
    };
    const autoReuseRange = auto ? { start: 10_000, count: 40 } : { start: 0, count: 0 };
    const end = await on({ ...host.profile, assumptions, autoReuseRange }, { seed });
    const scales = assumptions['PS-1'] === 'per-address';
    const truth: Record<string, string> = {
      'PS-1': scales ? 'refuted' : 'confirmed',
      'PS-2': works ? 'confirmed' : 'refuted',
      'PS-3': works ? 'confirmed' : 'refuted',
      'prefer-unicast': auto ? 'confirmed' : 'refuted',
      'own-pool': 'confirmed',
    };
    for (const { id, outcome } of end.claims) {
      if (outcome === 'inconclusive') undecided[id] = (undecided[id] ?? 0) + (scales ? 0 : 1);
      else expect(outcome, `${id} ${host.about}`).toBe(truth[id]);
    }
    const values: Record<string, string> = assumptions;
    for (const { id, value } of end.answers) expect(value, `${id} ${host.about}`).toBe(values[id]);
    expect(end.open, host.about).toBe(0);
  }
  // Of the hosts whose control does not scale by itself.
  for (const id of ['PS-1', 'PS-2']) expect(undecided[id] ?? 0, id).toBeLessThan(SEEDS * 0.3);
}, 120_000);
