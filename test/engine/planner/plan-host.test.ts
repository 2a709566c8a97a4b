import { describe, expect, it } from 'vitest';
import { planHostOfFacts, planHostOfProfile, withAddresses } from '#engine/planner/plan-host.ts';
import { planHostOfRun } from '#engine/planner/plan-host-of-run.ts';
import { namedProfile, resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { Answer, RunDocument } from '#engine/run/run-document.ts';
import { sampleDocument } from '../../data/sample-run.ts';
import { address, sampleHost } from '../../main/host-sample.ts';

const DOCUMENTED = namedProfile('documented');

describe('a host', () => {
  it('has its own ranges, exclusions and addresses, those the lab would choose', () => {
    const facts = sampleHost({
      addresses: [
        address('10.0.0.1', { interface: 'a' }),
        address('10.0.0.2', { interface: 'b' }),
        address('169.254.1.1', { notDefaultBecause: 'link-local' }),
        address('127.0.0.1', { class: 'loopback', loopback: true }),
        address('2001:db8::1'),
      ],
      excludedRanges: [
        { protocol: 'tcp', family: 'ipv4', start: 49_140, count: 20, administered: false },
        { protocol: 'udp', family: 'ipv4', start: 50_000, count: 60, administered: true },
      ],
      autoReuseRange: { start: 20_000, count: 500 },
    });
    const { host, profile, notes } = planHostOfFacts(facts, 75, DOCUMENTED);
    expect(host).toEqual({
      name: 'SAMPLE-1',
      from: 'host',
      profile: 'documented',
      addresses: 2,
      dynamicRange: { start: 49_152, count: 16_384 },
      excluded: 8,
      usedByOthers: 75,
      autoReuseRange: { start: 20_000, count: 500 },
      timeWaitSeconds: 120,
      measured: [],
    });
    expect(profile.addresses.map(({ adapter }) => adapter)).toEqual(['a', 'b']);
    expect(notes).toEqual([]);
  });

  it('says what it did not tell, and what stands for it', () => {
    const facts = sampleHost({
      addresses: [],
      dynamicRanges: { tcp4: null, tcp6: null, udp4: null, udp6: null },
      excludedRanges: null,
      autoReuseRange: null,
    });
    const start = planHostOfFacts(facts, null, DOCUMENTED);
    expect(start.host).toMatchObject({ addresses: 1, excluded: 0, usedByOthers: 0 });
    expect(start.notes).toHaveLength(5);
    expect(start.notes.join(' ')).toContain('that of profile documented stands for it');
    const named = withAddresses(start, 7);
    expect(named.host.addresses).toBe(7);
    expect(named.notes).toHaveLength(4);
  });

  it('that was seen to honour the option, or not to, is no assumption', () => {
    const facts = sampleHost();
    const seen = (honoured: 'yes' | 'no') => ({
      ...facts.options,
      SO_PORT_SCALABILITY: { ...facts.options.SO_PORT_SCALABILITY, honoured },
    });
    const no = planHostOfFacts({ ...facts, options: seen('no') }, 0, DOCUMENTED);
    expect(no.profile.assumptions.A1).toBe('ignored');
    expect(no.host.measured).toEqual(['A1']);
    const yes = planHostOfFacts({ ...facts, options: seen('yes') }, 0, DOCUMENTED);
    expect(yes.profile.assumptions.A1).toBe('honoured');
  });
});

describe('a profile', () => {
  it('counts what others hold inside its range, once, and those that come and go on average', () => {
    const { host, profile, notes } = planHostOfProfile(
      resolveProfile({
        addresses: ['10.0.0.1', '2001:db8::1'],
        dynamicRanges: { tcp4: { start: 50_000, count: 1_000 } },
        excludedRanges: [{ protocol: 'tcp', start: 50_100, count: 100 }],
        holders: [
          { protocol: 'tcp', address: '10.0.0.1', start: 49_990, count: 20 },
          { protocol: 'tcp', address: '0.0.0.0', start: 50_005, count: 10 },
          { protocol: 'tcp', address: '0.0.0.0', start: 50_190, count: 20 },
          { protocol: 'udp', address: '0.0.0.0', start: 50_300, count: 20 },
        ],
        churn: [{ protocol: 'tcp', address: '0.0.0.0', perSecond: 3, holdSeconds: 2.5 }],
      }),
    );
    // 50,000 to 50,014, and 50,200 to 50,209; then 7.5 on average.
    expect(host).toMatchObject({ addresses: 1, excluded: 100, usedByOthers: 25 + 8 });
    expect(profile.churn).toEqual([]);
    expect(notes).toHaveLength(1);
  });
});

describe('a recorded run', () => {
  const answer = (id: string, value: string, more: Partial<Answer> = {}): Answer => ({
    id,
    value,
    basis: 'measured',
    addressClass: 'same-nic',
    protocol: 'tcp',
    family: 'ipv4',
    because: 'seen',
    ...more,
  });
  const real = (more: Partial<RunDocument> = {}, host = sampleHost()): RunDocument => {
    const document = sampleDocument('run-1');
    return {
      ...document,
      parameters: { protocol: 'tcp', family: 'ipv4' },
      measures: { 'others.before': 321 },
      run: { ...document.run, stack: 'winsock', profile: null, host },
      ...more,
    };
  };

  it('on real sockets gives the host it ran on, with what it found out', () => {
    const answers = [
      answer('A20', 'pack'),
      answer('A19', 'random'),
      answer('A19', 'next-fit'),
      answer('A3', 'allowed', { protocol: 'udp' }),
      answer('A99', 'yes'),
      answer('A1', 'of-a-later-version'),
    ];
    const { host, profile } = planHostOfRun(real({ answers }));
    expect(host).toMatchObject({ name: 'run-1', from: 'run', addresses: 2, usedByOthers: 321 });
    expect(profile.assumptions).toMatchObject({
      A20: 'pack',
      A19: 'next-fit',
      A3: 'blocked',
      A1: 'honoured',
    });
    expect(host.measured).toEqual(['A20']);
  });

  it('under Wine stands on the rules of Wine, and measures nothing of Windows', () => {
    const { host, profile } = planHostOfRun(
      real({ answers: [answer('PS-1', 'per-address-tcp')] }, sampleHost({ wine: '8.0' })),
    );
    expect(profile.base).toBe('wine-8');
    expect(host.measured).toEqual([]);
  });

  it('on a host without an address the lab would choose has those the run used', () => {
    const document = real({}, sampleHost({ addresses: [] }));
    const addresses = ['127.0.0.2', '127.0.0.3', '::1'];
    const { host, notes } = planHostOfRun({ ...document, run: { ...document.run, addresses } });
    expect(host.addresses).toBe(2);
    expect(notes).toEqual([]);
  });

  it('on the model gives the host it posed as, or that host by other rules', () => {
    const posed = resolveProfile({
      base: 'windows-11',
      dynamicRanges: { tcp4: { start: 50_000, count: 500 } },
      assumptions: { A20: 'spread' },
    });
    const document = real({}, sampleHost());
    const run = {
      ...document.run,
      stack: 'simulated' as const,
      addresses: ['10.0.0.5', '10.0.0.6'],
      profile: {
        name: 'mine.json',
        resolved: JSON.parse(JSON.stringify(posed)) as Record<string, unknown>,
      },
    };
    const own = planHostOfRun({ ...document, run });
    expect(own.host).toMatchObject({ addresses: 2, dynamicRange: { count: 500 }, usedByOthers: 0 });
    expect(own.profile.assumptions.A20).toBe('spread');
    const other = planHostOfRun({ ...document, run }, namedProfile('wine-8'));
    expect(other.host.dynamicRange.count).toBe(500);
    expect(other.profile.assumptions.A1).toBe('ignored');
  });

  it('with a profile this version can’t read is refused in plain words', () => {
    const document = real();
    const run = {
      ...document.run,
      profile: { name: 'odd', resolved: { assumptions: { A1: 'perhaps' } } },
    };
    expect(() => planHostOfRun({ ...document, run })).toThrow(/profile odd: assumptions.A1/);
  });
});
