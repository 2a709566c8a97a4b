import { describe, expect, it } from 'vitest';
import { runOnModel, type SimulatedCase, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 255 };
const RANGES = { tcp4: RANGE, udp4: RANGE };
const TWO_ADAPTERS = ['10.0.0.1', '10.0.0.2'].map((address) => ({ address, adapter: address }));
const ONE_ADAPTER = TWO_ADAPTERS.map((entry) => ({ ...entry, adapter: 'a' }));

async function mixed(
  profile: SimulatedCase['profile'],
  more: Partial<SimulatedCase> = {},
): Promise<SimulatedEnd> {
  return runOnModel({
    experiment: 'mixed-load',
    exhaustive: true,
    reserve: { kind: 'number', ports: 0 },
    profile: { dynamicRanges: RANGES, addresses: TWO_ADAPTERS, ...profile },
    ...more,
  });
}

const outcome = (end: SimulatedEnd): string => end.claims.map((claim) => claim.outcome).join();

describe('two applications on one host', () => {
  it.each<[string, SimulatedCase['profile'], Readonly<Record<string, string>>, string]>([
    ['documented', {}, {}, 'confirmed'],
    ['documented, UDP', {}, { protocol: 'udp' }, 'confirmed'],
    ['windows-10', { base: 'windows-10' }, {}, 'confirmed'],
    ['wine-8', { base: 'wine-8' }, {}, 'inconclusive'],
    ['wine-8, UDP', { base: 'wine-8' }, { protocol: 'udp' }, 'inconclusive'],
    [
      'unpatched 2008 R2, one adapter',
      { base: 'windows-server-2008r2-unpatched', addresses: ONE_ADAPTER },
      {},
      'inconclusive',
    ],
    ['unpatched 2008 R2', { base: 'windows-server-2008r2-unpatched' }, {}, 'confirmed'],
    ['ignored', { assumptions: { A1: 'ignored' } }, {}, 'inconclusive'],
    ['blocking nobody', { assumptions: { A3: 'allowed' } }, {}, 'inconclusive'],
    ['per address', { assumptions: { 'PS-1': 'per-address' } }, {}, 'inconclusive'],
  ])('%s', async (_title, profile, parameters, expected) => {
    const end = await mixed(profile, { parameters });
    expect(outcome(end)).toBe(expected);
    expect(end.open).toBe(0);
    expect(end.answers).toEqual([]);
  });

  it('the one without the option starves while every number is held somewhere, in the other way round both do', async () => {
    const { outcome: run, sentence } = await mixed({}, { parameters: { hold: '50', step: '1' } });
    const { measures } = run;
    // 255 numbers less the 50 the other one holds; on the second address numbers may be the same.
    expect(measures['optionGrows.heldAtFailure']).toBeGreaterThanOrEqual(205);
    expect(measures['optionGrows.heldAtFailure']).toBeLessThanOrEqual(2 * 205);
    expect(measures['legacyGrows.heldAtFailure']).toBe(205);
    expect(sentence).toContain('the other way round the one with it gets none');
    expect(run.arms.map(({ label }) => label)).toEqual([
      'the application with the option grows',
      'the application without the option grows',
    ]);
  });

  it('where legacy ports take nothing from the option, the one with it never starves', async () => {
    const { sentence, outcome: run } = await mixed({ assumptions: { A2: 'allowed' } });
    expect(run.measures).not.toHaveProperty(['legacyGrows.heldAtFailure']);
    expect(sentence).toContain('goes on to get ports');
  });

  it('stops at the reserve unless it may go on', async () => {
    const end = await mixed({}, { exhaustive: false, reserve: { kind: 'percent', percent: 50 } });
    expect(end.peakUnion).toBeLessThanOrEqual(127);
    expect(outcome(end)).toBe('inconclusive');
    expect(end.claims[0]?.because).toContain('--exhaust');
  });
});

describe('whatever others do and in whatever order numbers are picked', () => {
  const seeds = process.env['PORTLAB_DEEP'] === '1' ? 1_000 : 100;
  const hosts: readonly Readonly<Record<string, string>>[] = [
    {},
    { A2: 'allowed' },
    { A3: 'allowed' },
    { A1: 'ignored' },
    { 'PS-1': 'per-address' },
  ];
  const picks: readonly Readonly<Record<string, string>>[] = [
    { A19: 'next-fit' },
    { A19: 'random' },
    { A19: 'spread' },
    { A20: 'pack' },
    { A20: 'spread' },
  ];
  const others: readonly (readonly object[])[] = [
    [],
    [churn('0.0.0.0', 'legacy', 300)],
    [churn('10.0.0.2', 'option', 300), churn('10.0.0.1', 'legacy', 100)],
    [churn('0.0.0.0', 'legacy', 3_000)],
  ];

  it('never says anything wrong', async () => {
    let settleable = 0;
    let unsettled = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const host = hosts[seed % hosts.length]!;
      const pick = picks[Math.floor(seed / hosts.length) % picks.length]!;
      const churning = others[(seed % 7) % others.length]!;
      const end = await mixed({ churn: churning, assumptions: { ...pick, ...host } }, { seed });
      const about = JSON.stringify({ seed, host, pick, churning, claims: end.claims });
      const starves = !('A3' in host || 'A1' in host || 'PS-1' in host);
      expect(end.open, about).toBe(0);
      expect([starves ? 'confirmed' : 'inconclusive', 'inconclusive'], about).toContain(
        outcome(end),
      );
      if (!starves) continue;
      settleable++;
      if (outcome(end) === 'inconclusive') unsettled++;
    }
    expect(unsettled / settleable).toBeLessThan(0.5);
  });
});

function churn(address: string, kind: string, perSecond: number): object {
  return { protocol: 'tcp', address, kind, perSecond, holdSeconds: 0.1 };
}
