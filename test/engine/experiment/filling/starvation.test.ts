import { describe, expect, it } from 'vitest';
import { runOnModel, type SimulatedCase, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 255 };
const RANGES = { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE };
const TWO_ADAPTERS = [
  { address: '10.0.0.1', adapter: 'a' },
  { address: '10.0.0.2', adapter: 'b' },
];
const ONE_ADAPTER = TWO_ADAPTERS.map((entry) => ({ ...entry, adapter: 'a' }));

async function starve(
  profile: SimulatedCase['profile'],
  more: Partial<SimulatedCase> = {},
): Promise<SimulatedEnd> {
  return runOnModel({
    experiment: 'starvation',
    exhaustive: true,
    reserve: { kind: 'number', ports: 0 },
    profile: { dynamicRanges: RANGES, addresses: TWO_ADAPTERS, ...profile },
    ...more,
  });
}

interface Row {
  readonly title: string;
  readonly profile: SimulatedCase['profile'];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly outcome: 'confirmed' | 'refuted' | 'inconclusive';
  readonly answers: Readonly<Record<string, string>>;
}

const STARVES = { outcome: 'confirmed', answers: { A3: 'blocked', A15: '10055' } } as const;
const UNKNOWN = { outcome: 'inconclusive', answers: {} } as const;
/** Numbers are given twice without the option as well; those that are in the way show the code all the same. */
const CODE_ONLY = { outcome: 'inconclusive', answers: { A15: '10055' } } as const;

const ROWS: readonly Row[] = [
  { title: 'documented', profile: {}, ...STARVES },
  { title: 'documented, UDP', profile: {}, parameters: { protocol: 'udp' }, ...STARVES },
  { title: 'windows-10', profile: { base: 'windows-10' }, ...STARVES },
  {
    title: 'unpatched 2008 R2, one adapter',
    profile: { base: 'windows-server-2008r2-unpatched', addresses: ONE_ADAPTER },
    ...UNKNOWN,
  },
  {
    title: 'unpatched 2008 R2, two adapters',
    profile: { base: 'windows-server-2008r2-unpatched' },
    ...STARVES,
  },
  {
    title: 'wine-8',
    profile: { base: 'wine-8' },
    outcome: 'inconclusive',
    answers: { A15: 'wine' },
  },
  {
    title: 'wine-8, UDP',
    profile: { base: 'wine-8' },
    parameters: { protocol: 'udp' },
    ...UNKNOWN,
  },
  {
    title: 'option ports that block nobody',
    profile: { assumptions: { A3: 'allowed' } },
    outcome: 'refuted',
    answers: { A3: 'allowed' },
  },
  {
    title: 'another code for the starved',
    profile: { assumptions: { A15: 'wine' } },
    outcome: 'confirmed',
    answers: { A3: 'blocked', A15: 'wine' },
  },
  { title: 'an option without effect', profile: { assumptions: { A1: 'ignored' } }, ...UNKNOWN },
  {
    title: 'a pool an address without the option',
    profile: { assumptions: { 'PS-1': 'per-address' } },
    ...CODE_ONLY,
  },
  {
    title: 'legacy ports that block nobody',
    profile: { assumptions: { A2: 'allowed' } },
    ...STARVES,
  },
  {
    title: 'connects by 4-tuple',
    profile: { assumptions: { implicitConnect: 'per-tuple' } },
    ...STARVES,
  },
];

describe('starvation', () => {
  it.each(ROWS)('on $title', async ({ profile, parameters, outcome, answers }) => {
    const end = await starve(profile, { parameters: parameters ?? {} });
    expect(Object.fromEntries(end.claims.map(({ id, outcome: how }) => [id, how]))).toEqual({
      'PS-4': outcome,
      'PS-5': outcome,
    });
    expect(Object.fromEntries(end.answers.map(({ id, value }) => [id, value]))).toEqual(answers);
    expect(end.open).toBe(0);
    expect(end.sentence.startsWith('not settled')).toBe(outcome === 'inconclusive');
  });

  it('says that connections go on where they have a range of their own', async () => {
    const own = { autoReuseRange: { start: 40_000, count: 100 } };
    expect((await starve(own)).sentence).toContain('outgoing connections without a bind go on');
    expect((await starve({})).sentence).toContain('outgoing connections fail too');
  });

  it('stops at the reserve unless it may go on, and says that nothing is shown then', async () => {
    const end = await starve({}, { exhaustive: false, reserve: { kind: 'percent', percent: 80 } });
    expect(end.peakUnion).toBeLessThanOrEqual(51 + 1);
    expect(end.claims.map(({ outcome }) => outcome)).toEqual(['inconclusive', 'inconclusive']);
    expect(end.claims[0]?.because).toContain('--exhaust');
    expect(end.answers).toEqual([]);
  });

  it('measures how long ports are missing after the release', async () => {
    const slow = await starve(
      { assumptions: { A22: 'time-wait', A21: '60' } },
      {
        parameters: { patience: '100' },
      },
    );
    expect(slow.outcome.measures['recovery.seconds']).toBeGreaterThan(50);
    expect(slow.outcome.measures['recovery.seconds']).toBeLessThan(61);
    const quick = await starve({});
    expect(quick.outcome.measures['recovery.seconds']).toBeLessThan(0.01);
  });
});

/** Orders of picking, of both kinds of sockets. */
const PICKS: readonly Readonly<Record<string, string>>[] = [
  { A19: 'next-fit' },
  { A19: 'random' },
  { A19: 'pack' },
  { A19: 'spread' },
  { A20: 'pack' },
  { A20: 'spread' },
];
const OTHERS: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { churn: [churn('0.0.0.0', 'legacy', 300)] },
  { churn: [churn('10.0.0.2', 'option', 300), churn('10.0.0.1', 'legacy', 100)] },
  { churn: [churn('0.0.0.0', 'legacy', 5_000)] },
  {
    churn: [churn('10.0.0.2', 'legacy', 50)],
    holders: [
      { protocol: 'tcp', address: '10.0.0.2', start: 50_010, count: 40, kind: 'option' },
      { protocol: 'tcp', address: '10.0.0.1', start: 50_060, count: 40, kind: 'legacy' },
      { protocol: 'tcp', address: '0.0.0.0', start: 50_110, count: 10, kind: 'explicit' },
    ],
  },
];

function churn(
  address: string,
  kind: string,
  perSecond: number,
): Readonly<Record<string, unknown>> {
  return { protocol: 'tcp', address, kind, perSecond, holdSeconds: 0.1 };
}

/** What a host with these switches does, and the only answers that are right. */
const HOSTS: readonly {
  readonly assumptions: Readonly<Record<string, string>>;
  readonly right: Readonly<Record<string, string>>;
}[] = [
  { assumptions: {}, right: { claim: 'confirmed', A3: 'blocked', A15: '10055' } },
  {
    assumptions: { A15: 'wine' },
    right: { claim: 'confirmed', A3: 'blocked', A15: 'wine' },
  },
  { assumptions: { A3: 'allowed' }, right: { claim: 'refuted', A3: 'allowed' } },
  { assumptions: { A2: 'allowed' }, right: { claim: 'confirmed', A3: 'blocked', A15: '10055' } },
  { assumptions: { A1: 'ignored' }, right: { claim: 'inconclusive', A15: '10055' } },
  { assumptions: { 'PS-1': 'per-address' }, right: { claim: 'inconclusive', A15: '10055' } },
];

describe('whatever others do and in whatever order numbers are picked', () => {
  const seeds = process.env['PORTLAB_DEEP'] === '1' ? 1_000 : 100;
  it('never says anything wrong', async () => {
    let settleable = 0;
    let unsettled = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const { assumptions, right } = HOSTS[seed % HOSTS.length]!;
      const picks = PICKS[Math.floor(seed / HOSTS.length) % PICKS.length]!;
      const others = OTHERS[(seed % 7) % OTHERS.length]!;
      const count = seed % 3 === 0 ? 600 : 255;
      const range = { start: 50_000, count };
      const end = await starve(
        {
          dynamicRanges: { tcp4: range },
          ...others,
          assumptions: { ...picks, ...assumptions },
        },
        { seed, parameters: { rounds: '8' } },
      );
      const about = JSON.stringify({ seed, assumptions, picks, others, claims: end.claims });
      expect(end.open, about).toBe(0);
      for (const { outcome } of end.claims) {
        expect([right['claim'], 'inconclusive'], about).toContain(outcome);
      }
      for (const { id, value } of end.answers) expect(right[id], about).toBe(value);
      if (right['claim'] === 'inconclusive') continue;
      settleable++;
      if (end.claims[0]?.outcome === 'inconclusive') unsettled++;
    }
    // Only the heaviest churn keeps it from an answer.
    expect(unsettled / settleable).toBeLessThan(0.35);
  });
});
