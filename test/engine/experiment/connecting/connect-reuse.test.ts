import { describe, expect, test } from 'vitest';
import { runOnModel, type SimulatedCase, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 300 };
const AUTO = { start: 40_000, count: 30 };

function on(
  profile: SimulatedCase['profile'] = {},
  more: Partial<SimulatedCase> = {},
): Promise<SimulatedEnd> {
  return runOnModel({
    experiment: 'connect-reuse',
    parameters: { connections: '5' },
    profile: { addresses: ['10.0.0.1'], dynamicRanges: { tcp4: RANGE, tcp6: RANGE }, ...profile },
    ...more,
  });
}

function claim({ claims }: SimulatedEnd): string {
  return claims.map(({ id, outcome }) => `${id} ${outcome}`).join();
}

function answered({ answers }: SimulatedEnd): Record<string, string> {
  return Object.fromEntries(answers.map(({ id, value }) => [id, value]));
}

const ALWAYS = {
  implicitConnect: 'as-unicast-port',
  connectSource: 'stays-wildcard',
  tupleInUse: '10048',
};

describe('connect-reuse', () => {
  test.each<[string, SimulatedCase['profile'], string, Record<string, string>]>([
    ['documented', {}, 'refuted', ALWAYS],
    ['documented, with an auto-reuse range', { autoReuseRange: AUTO }, 'confirmed', ALWAYS],
    [
      'an auto-reuse range inside the dynamic one, kept out',
      { autoReuseRange: { start: 50_100, count: 30 } },
      'confirmed',
      { ...ALWAYS, A26: 'kept-out' },
    ],
    [
      'the same, in both',
      { autoReuseRange: { start: 50_100, count: 30 }, assumptions: { A26: 'overlaps' } },
      'confirmed',
      { ...ALWAYS, A26: 'overlaps' },
    ],
    ['windows-10', { base: 'windows-10' }, 'refuted', ALWAYS],
    ['no SO_REUSE_UNICASTPORT', { base: 'windows-server-2008r2-unpatched' }, 'inconclusive', {}],
    [
      'wine-8',
      { base: 'wine-8' },
      'refuted',
      { implicitConnect: 'per-tuple', tupleInUse: '10049' },
    ],
    [
      'routed',
      { assumptions: { connectSource: 'routed' } },
      'refuted',
      { ...ALWAYS, connectSource: 'routed' },
    ],
    [
      '10049',
      { assumptions: { tupleInUse: '10049' } },
      'refuted',
      { ...ALWAYS, tupleInUse: '10049' },
    ],
    [
      'per tuple, beside an auto-reuse range',
      { autoReuseRange: AUTO, assumptions: { implicitConnect: 'per-tuple' } },
      'confirmed',
      { implicitConnect: 'per-tuple', tupleInUse: '10048' },
    ],
  ])('%s', async (_name, profile, outcome, values) => {
    const end = await on(profile);
    expect(claim(end)).toBe(`prefer-unicast ${outcome}`);
    expect(answered(end)).toMatchObject(values);
    expect(end.open).toBe(0);
    expect(end.peakUnion).toBeLessThanOrEqual(60);
  });

  const TWO = ['10.0.0.1', '10.0.0.2'];
  const PER_TUPLE = { 'PS-1': 'per-address', implicitConnect: 'per-tuple' };
  test.each<[string, SimulatedCase['profile'], string | undefined]>([
    ['wine-8', { base: 'wine-8' }, 'routed'],
    ['wine-8, loopback', { base: 'wine-8', addresses: ['127.0.0.2', '127.0.0.1'] }, 'routed'],
    [
      'a pool an address, routed',
      { assumptions: { ...PER_TUPLE, connectSource: 'routed' } },
      'routed',
    ],
    ['a pool an address', { assumptions: PER_TUPLE }, 'stays-wildcard'],
    // Wildcard binds avoid whatever is held anywhere: nothing can be seen.
    ['one range', { assumptions: { implicitConnect: 'per-tuple' } }, undefined],
    ['one address only', { base: 'wine-8', addresses: ['10.0.0.1'] }, undefined],
  ])(
    'where connect chooses unseen, sweeps tell where sockets are: %s',
    async (_name, profile, value) => {
      const end = await on({ addresses: TWO, ...profile });
      expect(answered(end)['connectSource']).toBe(value);
      expect(end.open).toBe(0);
      expect(end.peakUnion).toBeLessThanOrEqual(60);
    },
  );

  test('a wide auto-reuse range in which nothing repeated by chance is no refutation', async () => {
    const end = await on(
      { autoReuseRange: { start: 10_000, count: 30_000 } },
      { parameters: { connections: '3' } },
    );
    expect(claim(end)).toBe('prefer-unicast inconclusive');
    expect(end.claims[0]?.because).toContain('by chance');
  });

  test('works over IPv6, keeps the reserve, and leaves no connection behind', async () => {
    const end = await on({ addresses: ['2001:db8::1'] }, { parameters: { family: 'ipv6' } });
    expect(answered(end)).toMatchObject(ALWAYS);
    expect(end.outcome.arms.map(({ bound }) => bound)).toEqual([59, 59, 59, 59, 59]);
  });
});

/** Calls take microseconds on the model's clock, so others must be as quick to be met: some 60 ports held. */
const CHURN = [
  { protocol: 'tcp', address: '0.0.0.0', perSecond: 20_000, holdSeconds: 0.002, kind: 'legacy' },
  { protocol: 'tcp', address: '10.0.0.1', perSecond: 10_000, holdSeconds: 0.002, kind: 'option' },
];

test('others that come and go never make it say what is not so', async () => {
  const seeds = process.env['PORTLAB_DEEP'] === '1' ? 1_000 : 100;
  let settled = 0;
  /** Hosts on which only sweeps tell where sockets are, and those of them that told. */
  const bySweep = { asked: 0, told: 0 };
  for (let seed = 1; seed <= seeds; seed++) {
    const A19 = ['next-fit', 'random', 'pack', 'spread'][seed % 4]!;
    const auto = seed % 3 === 0;
    const assumptions = {
      A19,
      implicitConnect: seed % 2 === 0 ? 'as-unicast-port' : 'per-tuple',
      connectSource: seed % 5 < 2 ? 'routed' : 'stays-wildcard',
      A26: seed % 7 < 3 ? 'kept-out' : 'overlaps',
      'PS-1': seed % 11 < 6 ? 'per-address' : 'one-range',
    };
    const end = await on(
      {
        addresses: ['10.0.0.1', '10.0.0.2'],
        assumptions,
        churn: CHURN,
        holders: [
          { protocol: 'tcp', address: '10.0.0.1', start: 50_040, count: 5, kind: 'explicit' },
        ],
        ...(auto && { autoReuseRange: { start: 50_200, count: 40 } }),
      },
      { seed },
    );
    const truth: Record<string, string> = { ...assumptions, tupleInUse: '10048' };
    for (const { id, value } of end.answers) expect(value, `${id}, seed ${seed}`).toBe(truth[id]);
    const [outcome] = end.claims.map((one) => one.outcome);
    expect(['inconclusive', auto ? 'confirmed' : 'refuted'], `seed ${seed}`).toContain(outcome);
    if (outcome !== 'inconclusive') settled++;
    if (assumptions['PS-1'] === 'per-address' && assumptions.implicitConnect === 'per-tuple') {
      bySweep.asked++;
      if (end.answers.some(({ id }) => id === 'connectSource')) bySweep.told++;
    }
    expect(end.open).toBe(0);
  }
  expect(settled / seeds).toBeGreaterThan(0.9);
  expect(bySweep.told / bySweep.asked).toBeGreaterThan(0.8);
}, 60_000);
