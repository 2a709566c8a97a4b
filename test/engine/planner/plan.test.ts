import { describe, expect, it } from 'vitest';
import { STRATEGIES } from '#engine/model/strategy.ts';
import { BUSY, needs, of, planOn } from './planner-host.ts';

describe('a need that several remotes share, on a busy server', () => {
  const plan = planOn({}, {}, BUSY);

  it('comes to what is held at the peak, and the headroom', () => {
    expect(plan.need).toMatchObject({
      heldAtPeak: 63_000,
      capacity: 78_750,
      usablePerAddress: 14_000,
    });
  });

  it('takes so many addresses by each strategy', () => {
    expect(needs(plan)).toEqual({
      'reuse-unicast': 1,
      'port-pool': 3,
      'port-scalability': 6,
      legacy: null,
      'wider-range': null,
    });
  });

  it('leaves option-less applications so much, whatever numbers are picked', () => {
    expect(of(plan, 'reuse-unicast').portsLeftForLegacy).toEqual({ min: 14_000, max: 14_000 });
    expect(of(plan, 'port-pool').portsLeftForLegacy).toEqual({ min: 14_000, max: 14_000 });
    // 63,000 on 6 addresses are 10,500 numbers if all hold the same.
    expect(of(plan, 'port-scalability').portsLeftForLegacy).toEqual({ min: 0, max: 3_500 });
    expect(of(plan, 'legacy').portsLeftForLegacy).toEqual({ min: 0, max: 0 });
  });

  it('is full after so many seconds at the addresses at hand', () => {
    const seconds = (strategy: Parameters<typeof of>[1]): number | null =>
      of(plan, strategy).secondsToExhaustion;
    expect(seconds('port-scalability')).toBeCloseTo(56_000 / 150);
    expect(seconds('wider-range')).toBeCloseTo((64_511 - 360 - 2_024) / 150);
    expect(seconds('legacy')).toBeCloseTo(14_000 / 150);
    expect(seconds('reuse-unicast')).toBeNull();
    expect(seconds('port-pool')).toBeNull();
  });

  it('says what breaks first', () => {
    expect(of(plan, 'reuse-unicast').firstLimit).toBe('one remote above 10.4 % of the load');
    expect(of(plan, 'port-pool').firstLimit).toContain('10048');
    expect(of(plan, 'port-scalability').firstLimit).toBe('the 4 at hand end at 56,000');
    expect(of(plan, 'legacy').firstLimit).toBe('shared range ends at 14,000');
  });

  it('recommends unicast reuse, on paper, with the numbers that led there', () => {
    expect(plan.recommended).toBe('reuse-unicast');
    expect(plan.sentence).toBe(
      'On paper, use unicast reuse with an auto-reuse range: 1 address is enough for 45,000 connections at once.',
    );
    expect(plan.steps.map(({ answer, tone }) => [answer, tone])).toEqual([
      ['78,750', 'plain'],
      ['no', 'no'],
      ['no', 'no'],
      ['2 short', 'warn'],
      ['yes, 1 address', 'yes'],
      ['check skew', 'warn'],
    ]);
    expect(plan.steps[0]?.detail).toBe('45,000 + 150/s × 120 s = 63,000; ÷ (1 − 20 %)');
    expect(plan.steps[3]?.detail).toBe('78,750 ÷ 14,000 = 5.6, so 6 addresses, 4 at hand');
    expect(plan.steps[4]?.detail).toBe('8,192 × 12 remotes = 98,304 ≥ 78,750');
    expect(plan.steps[5]?.detail).toBe('it may hold 6,553 of 8,192, that is 10.4 % of the load');
  });

  it('proposes a range and a block outside everything known to be in use', () => {
    const { block, proposed, because } = of(plan, 'reuse-unicast');
    expect({ block, proposed }).toEqual({ block: { start: 20_000, count: 8_192 }, proposed: true });
    expect(because).toContain('takes effect after a restart');
    // Up to where WinRM listens.
    expect(of(plan, 'port-pool').block).toEqual({ start: 20_000, count: 27_000 });
  });

  it('has the rule of thumb beside it', () => {
    expect(plan.ruleOfThumb.addresses).toBe(2);
    expect(planOn({}, { connections: 100_000 }).ruleOfThumb.addresses).toBe(4);
  });
});

describe('what is recommended', () => {
  it('is nothing where the range is enough as it is', () => {
    const plan = planOn({}, { connections: 1_000, perSecond: 0 });
    expect(plan.recommended).toBe('legacy');
    expect(plan.sentence).toMatch(/^Nothing has to change: 16,384 wildcard ports/);
    expect(of(plan, 'legacy').portsLeftForLegacy).toEqual({ min: 15_384, max: 15_384 });
    expect(plan.strategies.every(({ secondsToExhaustion }) => secondsToExhaustion === null)).toBe(
      true,
    );
  });

  it('is the widest range where that is enough, before anything is done to applications', () => {
    const plan = planOn({}, { connections: 30_000, perSecond: 0 });
    expect(plan.recommended).toBe('wider-range');
    expect(plan.sentence).toContain('widen the dynamic range to 1,025–65,535');
    expect(plan.powershell).toContain('set dynamicport tcp start=1025 num=64511');
    expect(plan.powershell).toContain(
      '# netsh interface ipv4 set dynamicport tcp start=49152 num=16384',
    );
  });

  it('is the host’s own auto-reuse range before anything new', () => {
    const range = { autoReuseRange: { start: 30_000, count: 4_000 } };
    const plan = planOn(range, { connections: 30_000, perSecond: 0 });
    expect(plan.recommended).toBe('reuse-unicast');
    expect(of(plan, 'reuse-unicast')).toMatchObject({ proposed: false, addressesNeeded: 1 });
    expect(plan.powershell).not.toContain('Set-NetTCPSetting');
  });

  it('is the option where one remote takes all, and addresses are there', () => {
    const plan = planOn(
      { assumptions: { A20: 'pack' } },
      { remotes: 1, perSecond: 0, headroomPercent: 0, connections: 130_000 },
      { addresses: 8 },
    );
    expect(plan.recommended).toBe('port-scalability');
    expect(of(plan, 'port-scalability').portsLeftForLegacy).toEqual({ min: 134, max: 134 });
  });

  it('is not the option where that may starve others and something else does not', () => {
    const plan = planOn(
      {},
      { remotes: 1, perSecond: 0, headroomPercent: 0, connections: 130_000 },
      { addresses: 8 },
    );
    expect(plan.recommended).toBe('reuse-unicast');
  });

  it('says how many addresses are missing where none do with those at hand', () => {
    const file = {
      base: 'windows-server-2008r2',
      dynamicRanges: { tcp4: { start: 1_025, count: 64_511 } },
    };
    const plan = planOn(file, { connections: 200_000, perSecond: 0 }, { addresses: 2 });
    expect(plan.recommended).toBe('port-scalability');
    expect(plan.sentence).toContain('add 2 addresses: 4 are needed');
    expect(plan.powershell).toContain('# New-NetIPAddress');
  });

  it('is measured, not on paper, where runs of the host have shown what it rests on', () => {
    const plan = planOn(
      { assumptions: { A20: 'pack' } },
      { remotes: 1, connections: 130_000, perSecond: 0, headroomPercent: 0 },
      { addresses: 8, measured: ['A1'] },
    );
    expect(plan.sentence).toMatch(/^Set SO_PORT_SCALABILITY: 8 addresses are enough/);
  });

  it('is nothing at all where nothing helps', () => {
    const file = {
      base: 'windows-server-2008r2-unpatched',
      dynamicRanges: { tcp4: { start: 1_025, count: 64_511 } },
    };
    const plan = planOn(file, { connections: 100_000 });
    expect(plan.recommended).toBeNull();
    expect(plan.verify).toBeNull();
    expect(plan.sentence).toMatch(/^Nothing carries 100,000 connections at once here/);
  });
});

describe('switches of the profile', () => {
  const need = { connections: 45_000, perSecond: 0, headroomPercent: 0 };

  it('on Wine every address has its own range, and the option adds nothing', () => {
    const plan = planOn({ base: 'wine-8' }, need);
    // Linux keeps 28,232 numbers.
    expect(needs(plan)).toMatchObject({ legacy: 2, 'port-scalability': 2, 'reuse-unicast': 2 });
    expect(of(plan, 'port-scalability').because).toContain('ignores it (A1)');
    expect(of(plan, 'reuse-unicast').because).toContain('(implicitConnect)');
    expect(of(plan, 'legacy').because).toContain('PS-1');
  });

  it('before KB2826167 addresses of one adapter share no number', () => {
    const base = 'windows-server-2008r2-unpatched';
    const one = planOn({ base }, need, { addresses: 10 });
    expect(of(one, 'port-scalability').addressesNeeded).toBeNull();
    expect(of(one, 'port-scalability').because).toContain('A28');
    expect(of(one, 'reuse-unicast').addressesNeeded).toBeNull();
    expect(of(one, 'reuse-unicast').because).toContain('(unicastPort)');
    const addresses = ['a', 'a', 'b', 'c'].map((adapter, n) => ({
      address: `10.0.0.${n + 1}`,
      adapter,
    }));
    expect(of(planOn({ base, addresses }, need), 'port-scalability').addressesNeeded).toBe(4);
  });

  it('where the option is refused or ignored, nothing is gained by it', () => {
    const refused = planOn({ assumptions: { A1: 'refused' } }, need);
    expect(of(refused, 'port-scalability')).toMatchObject({
      addressesNeeded: null,
      firstLimit: 'setsockopt answers 10042',
    });
    const ignored = planOn({ assumptions: { A1: 'ignored' } }, need);
    expect(of(ignored, 'port-scalability').addressesNeeded).toBeNull();
  });

  it('what picks decide is a span until a switch says how they are made', () => {
    const left = (assumptions: object) =>
      of(planOn({ assumptions }, {}, BUSY), 'port-scalability').portsLeftForLegacy;
    expect(left({ A20: 'pack' })).toEqual({ min: 3_500, max: 3_500 });
    expect(left({ A20: 'spread' })).toEqual({ min: 0, max: 0 });
    // 14,000 × 0.25^6.
    expect(left({ A19: 'random' })).toEqual({ min: 3, max: 3_500 });
    expect(left({ A3: 'allowed' })).toEqual({ min: 0, max: 14_000 });
  });

  it('an auto-reuse range inside the dynamic range is kept out of it, or is in both', () => {
    const file = { autoReuseRange: { start: 50_000, count: 1_000 } };
    expect(planOn(file, need).need.usablePerAddress).toBe(15_384);
    const both = planOn({ ...file, assumptions: { A26: 'overlaps' } }, need);
    expect(both.need.usablePerAddress).toBe(16_384);
    expect(of(both, 'reuse-unicast').portsLeftForLegacy.min).toBe(15_384);
  });

  it('names every strategy once, the recommended one first', () => {
    for (const base of ['documented', 'wine-8', 'windows-server-2008r2-unpatched']) {
      const plan = planOn({ base });
      const names = plan.strategies.map(({ strategy }) => strategy);
      expect(names.toSorted()).toEqual([...STRATEGIES, 'wider-range'].toSorted());
      if (plan.recommended !== null) expect(names[0]).toBe(plan.recommended);
    }
  });
});
