import { describe, expect, test } from 'vitest';
import { runOnModel, type SimulatedCase, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 600 };

function on(
  profile: SimulatedCase['profile'] = {},
  more: Partial<SimulatedCase> = {},
): Promise<SimulatedEnd> {
  return runOnModel({
    experiment: 'time-wait',
    profile: { addresses: ['10.0.0.1'], dynamicRanges: { tcp4: RANGE, tcp6: RANGE }, ...profile },
    ...more,
  });
}

function answered({ answers }: SimulatedEnd): Record<string, string> {
  return Object.fromEntries(answers.map(({ id, value }) => [id, value]));
}

const SECONDS = ['30', '60', '90', '120', '180', '240'];
const SCOPES = ['port', 'tuple', 'wildcard-port'];

describe('time-wait', () => {
  test.each<[string, SimulatedCase['profile'], Record<string, string>, RegExp]>([
    [
      'documented',
      {},
      { timeWaitScope: 'port', A21: '120', A22: 'at-once' },
      /stays taken for 12[0-2]/,
    ],
    [
      'wine-8',
      { base: 'wine-8' },
      { timeWaitScope: 'wildcard-port', A21: '60', A22: 'at-once' },
      /kept from wildcard binds .* for 6\d/,
    ],
    [
      'ports kept without a connection too',
      { assumptions: { A22: 'time-wait' } },
      { timeWaitScope: 'port', A21: '120', A22: 'time-wait' },
      /stays taken/,
    ],
    [
      'no TIME_WAIT',
      { assumptions: { A21: '0' } },
      { A21: '0', A22: 'at-once' },
      /nothing is left/,
    ],
    ...SCOPES.flatMap((timeWaitScope) =>
      SECONDS.map((A21): [string, SimulatedCase['profile'], Record<string, string>, RegExp] => [
        `${A21} s for ${timeWaitScope}`,
        { assumptions: { timeWaitScope, A21 } },
        { timeWaitScope, A21, A22: 'at-once' },
        /after a connection/,
      ]),
    ),
  ])('%s', async (_name, profile, values, sentence) => {
    const end = await on(profile);
    expect(answered(end)).toEqual(values);
    expect(end.sentence).toMatch(sentence);
    expect(end.open).toBe(0);
    expect(end.peakUnion).toBeLessThanOrEqual(82);
  });

  test('a run that may not wait long enough says how long it saw, and no value', async () => {
    const end = await on({}, { parameters: { patience: '20' } });
    expect(answered(end)).toEqual({ timeWaitScope: 'port', A22: 'at-once' });
    expect(end.sentence).toContain('for more than 20 s');
    expect(end.outcome.measures['timeWait.byName.longerThanSeconds']).toBeCloseTo(20, 0);
    const short = await on({}, { maxSeconds: 30 });
    expect(short.sentence).toContain('for more than 30 s');
  });

  test('the same connection’s refusal tells its code, and over IPv6 all is as over IPv4', async () => {
    const assumptions = { timeWaitScope: 'tuple', tupleInUse: '10049' };
    const end = await on(
      { addresses: ['2001:db8::1'], assumptions },
      { parameters: { family: 'ipv6' } },
    );
    expect(answered(end)).toEqual({ timeWaitScope: 'tuple', A21: '120', A22: 'at-once' });
    expect(end.answers.find(({ id }) => id === 'timeWaitScope')?.because).toContain('10049');
  });
});

/** Some 90 of the 600 numbers at any time, most for seconds, some for less than a look. */
const CHURN = [
  { protocol: 'tcp', address: '0.0.0.0', perSecond: 20, holdSeconds: 3, kind: 'legacy' },
  { protocol: 'tcp', address: '10.0.0.1', perSecond: 40, holdSeconds: 0.5, kind: 'option' },
  { protocol: 'tcp', address: '10.0.0.1', perSecond: 1, holdSeconds: 20, kind: 'legacy' },
];

test('others that come and go never make it say what is not so', async () => {
  const seeds = process.env['PORTLAB_DEEP'] === '1' ? 1_000 : 100;
  let settled = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const assumptions = {
      A19: ['next-fit', 'random', 'pack', 'spread'][seed % 4]!,
      A20: ['none', 'none', 'pack', 'none'][seed % 4]!,
      A21: ['0', '30', '120'][seed % 7 === 0 ? 0 : 1 + (seed % 2)]!,
      timeWaitScope: SCOPES[seed % 3]!,
      // Where only tuples are kept, or nothing at all, there is nothing for it to keep.
      A22: seed % 3 === 0 && seed % 7 > 3 ? 'time-wait' : 'at-once',
    };
    const end = await on(
      {
        assumptions: assumptions.A20 === 'pack' ? { ...assumptions, A19: 'next-fit' } : assumptions,
        churn: CHURN,
        holders: [
          { protocol: 'tcp', address: '10.0.0.1', start: 50_040, count: 9, kind: 'explicit' },
        ],
      },
      { seed },
    );
    const truth: Record<string, string> = assumptions;
    for (const { id, value } of end.answers) expect(value, `${id}, seed ${seed}`).toBe(truth[id]);
    if (end.answers.length >= 2) settled++;
    expect(end.open).toBe(0);
  }
  expect(settled / seeds).toBeGreaterThan(0.9);
}, 120_000);
