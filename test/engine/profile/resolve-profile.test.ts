import { describe, expect, it } from 'vitest';
import { DOCUMENTED_PROFILE } from '#engine/profile/documented-profile.ts';
import { namedProfile, resolveProfile } from '#engine/profile/resolve-profile.ts';
import { usablePorts } from '#engine/profile/resolved-profile.ts';

const range = (start: number, count: number) => ({ dynamicRanges: { tcp4: { start, count } } });

describe('a profile file', () => {
  it('is merged over documented: ranges and assumptions singly, lists whole', () => {
    const profile = resolveProfile(
      {
        base: 'documented',
        addresses: ['10.0.0.1', { address: '10.0.0.2', adapter: 'b' }, '2001:DB8:0::1'],
        dynamicRanges: { tcp4: { start: 1025, count: 64_511 } },
        excludedRanges: [{ protocol: 'tcp', start: 50_000, count: 60 }],
        autoReuseRange: { start: 0, count: 0 },
        assumptions: { A14: 'wine', 'PS-4': 'allowed', A21: 120 },
      },
      'mine',
    );
    expect(profile.name).toBe('mine');
    expect(profile.base).toBe('documented');
    expect(profile.addresses.map(({ address }) => address)).toEqual([
      '10.0.0.1',
      '10.0.0.2',
      '2001:db8::1',
    ]);
    expect(profile.addresses.map(({ adapter }) => adapter)).toEqual(['default', 'b', 'default']);
    expect(profile.dynamicRanges.tcp4).toEqual({ start: 1025, count: 64_511 });
    expect(profile.dynamicRanges.udp6).toEqual({ start: 49_152, count: 16_384 });
    expect(profile.excludedRanges.map(({ family }) => family)).toEqual(['ipv4', 'ipv6']);
    expect(profile.excludedRanges[0]?.administered).toBe(false);
    expect(profile.assumptions).toEqual({
      ...DOCUMENTED_PROFILE.assumptions,
      A14: 'wine',
      A3: 'allowed',
    });
    expect(usablePorts(profile, 'tcp4')).toBe(64_451);
    expect(usablePorts(profile, 'udp4')).toBe(16_384);
  });

  it('may be empty, and may have pools of one port', () => {
    expect(resolveProfile({})).toEqual(DOCUMENTED_PROFILE);
    expect(usablePorts(resolveProfile(range(65_535, 1)), 'tcp4')).toBe(1);
  });

  it('starts from any named profile, which may start from another', () => {
    const profile = resolveProfile(
      { base: 'windows-server-2008r2-unpatched', assumptions: { A19: 'random' } },
      'branch.json',
    );
    expect(profile.name).toBe('branch.json');
    expect(profile.base).toBe('windows-server-2008r2-unpatched');
    expect(profile.assumptions).toEqual({
      ...DOCUMENTED_PROFILE.assumptions,
      A28: 'not-shared', // of the base
      unicastPort: 'unknown-option', // of the profile the base stands on
      A19: 'random',
    });
  });

  it('may set back what its base sets', () => {
    const base = 'windows-server-2008r2-unpatched';
    const profile = resolveProfile({ base, assumptions: { A28: 'shared', unicastPort: 'known' } });
    expect(profile.assumptions).toEqual(DOCUMENTED_PROFILE.assumptions);
  });

  it('takes the seconds of A21 as a number or as text', () => {
    for (const A21 of [30, '30']) {
      expect(resolveProfile({ assumptions: { A21 } }).assumptions.A21).toBe('30');
    }
  });

  it('takes ports that other applications hold, and others that come and go', () => {
    const { holders, churn } = resolveProfile({
      holders: [
        { protocol: 'udp', address: '0.0.0.0', start: 50_000, count: 2_500, kind: 'legacy' },
        { protocol: 'tcp', address: '2001:DB8::1', start: 5_985 },
      ],
      churn: [{ protocol: 'tcp', address: '::', perSecond: 12.5, holdSeconds: 0.2 }],
    });
    expect(holders).toEqual([
      {
        protocol: 'udp',
        address: '0.0.0.0',
        start: 50_000,
        count: 2_500,
        kind: 'legacy',
        mode: 'default',
      },
      {
        protocol: 'tcp',
        address: '2001:db8::1',
        start: 5_985,
        count: 1,
        kind: 'explicit',
        mode: 'default',
      },
    ]);
    expect(churn).toEqual([
      { protocol: 'tcp', address: '::', perSecond: 12.5, holdSeconds: 0.2, kind: 'legacy' },
    ]);
  });
});

describe('usable ports', () => {
  const autoReuseRange = { start: 50_000, count: 1_000 };

  it('leave out the auto-reuse range, of TCP only, unless A26 lets it overlap', () => {
    const kept = resolveProfile({ autoReuseRange });
    expect(usablePorts(kept, 'tcp4')).toBe(15_384);
    expect(usablePorts(kept, 'tcp6')).toBe(15_384);
    expect(usablePorts(kept, 'udp4')).toBe(16_384);
    const overlapping = resolveProfile({ autoReuseRange, assumptions: { A26: 'overlaps' } });
    expect(usablePorts(overlapping, 'tcp4')).toBe(16_384);
  });

  it('count a number once that is excluded and in the auto-reuse range', () => {
    const excludedRanges = [{ protocol: 'tcp', start: 50_900, count: 200 }];
    expect(usablePorts(resolveProfile({ autoReuseRange, excludedRanges }), 'tcp4')).toBe(15_284);
  });
});

describe('a name', () => {
  it('is told apart by case, and the error says what to write', () => {
    expect(namedProfile('windows-server-2022').name).toBe('windows-server-2022');
    expect(() => namedProfile('Windows-Server-2022')).toThrow(
      expect.objectContaining({
        kind: 'usage',
        message: 'profile: unknown profile Windows-Server-2022',
        hint: expect.stringMatching(/^write windows-server-2022;.*wine-8/),
      }),
    );
  });

  it('that is unknown gets the list of those there are', () => {
    for (const name of ['windows-95', '', 'constructor', '__proto__', ' documented']) {
      expect(() => namedProfile(name), name).toThrow(
        expect.objectContaining({ kind: 'usage', hint: expect.stringContaining('windows-11') }),
      );
    }
  });
});
