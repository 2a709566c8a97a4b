import { describe, expect, it } from 'vitest';
import { LabError } from '#engine/model/lab-error.ts';
import { listSwitches } from '#engine/profile/assumptions.ts';
import { DOCUMENTED_PROFILE } from '#engine/profile/documented-profile.ts';
import { namedProfile, resolveProfile } from '#engine/profile/resolve-profile.ts';
import { usablePorts } from '#engine/profile/resolved-profile.ts';

function errorOf(content: unknown): LabError {
  try {
    resolveProfile(content);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(content)}`);
}

const range = (start: number, count: number) => ({ dynamicRanges: { tcp4: { start, count } } });

describe('profile files', () => {
  it('merge over documented: ranges and assumptions singly, lists whole', () => {
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

  it('name the field that is wrong', () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [null, 'the file'],
      ['documented', 'the file'],
      [{ adresses: [] }, 'adresses'],
      [{ dynamicRanges: { tcp5: { start: 1, count: 1 } } }, 'tcp5'],
      [range(0, 10), 'dynamicRanges.tcp4.start'],
      [range(49_152, 0), 'dynamicRanges.tcp4.count'],
      [range(65_000, 1_000), 'dynamicRanges.tcp4 is wrong: reaches beyond port 65535'],
      [range(1.5, 10), 'dynamicRanges.tcp4.start'],
      [{ dynamicRanges: { tcp4: { start: '1', count: 1 } } }, 'dynamicRanges.tcp4.start'],
      [{ excludedRanges: [{ protocol: 'sctp', start: 1, count: 1 }] }, 'excludedRanges.0.protocol'],
      [{ excludedRanges: [{ protocol: 'tcp', start: 65_535, count: 2 }] }, 'excludedRanges.0'],
      [{ addresses: ['10.0.0'] }, 'addresses.0 (10.0.0)'],
      [{ addresses: ['10.0.0.1', '0.0.0.0'] }, 'addresses.1'],
      [{ addresses: ['::1', '0::1'] }, 'addresses.1 (::1) is listed twice'],
      [{ addresses: [{ address: '10.0.0.1' }] }, 'addresses.0'],
      [{ base: 'windows-95' }, 'windows-95'],
      [{ assumptions: { A99: 'x' } }, 'assumptions.A99'],
      [{ assumptions: { toString: 'x' } }, 'assumptions.toString'],
      [{ assumptions: { A14: 'linux' } }, 'assumptions.A14'],
      [{ assumptions: { A1: true } }, 'assumptions.A1'],
      [{ assumptions: { A3: 'blocked', 'PS-4': 'allowed' } }, 'one switch'],
      [{ assumptions: { A19: 'pack', A20: 'spread' } }, 'A20'],
    ];
    for (const [content, named] of cases) {
      const error = errorOf(content);
      expect(error.kind, JSON.stringify(content)).toBe('usage');
      expect(error.message).toContain(named);
      expect(error.message).not.toContain('\n');
      expect(error.hint).not.toBe('');
    }
  });

  it('are refused, not misunderstood, where they ask for what is not modelled yet', () => {
    for (const content of [
      { assumptions: { A4: 'same-process-only' } },
      { assumptions: { 'PS-8': 'same-process-only' } },
      { assumptions: { A21: 240 } },
      { autoReuseRange: { start: 40_000, count: 100 } },
    ]) {
      expect(errorOf(content).kind, JSON.stringify(content)).toBe('refused');
    }
  });
});

describe('the switches', () => {
  it('are A1 to A30 and PS-1 to PS-9, each with its default among its values', () => {
    const switches = listSwitches(namedProfile('documented').assumptions);
    const ids = switches.map(({ id }) => id);
    const expected = [
      ...Array.from({ length: 30 }, (_, i) => `A${i + 1}`),
      ...Array.from({ length: 9 }, (_, i) => `PS-${i + 1}`),
    ];
    expect([...ids].sort()).toEqual([...expected].sort());
    for (const one of switches) {
      expect(one.value).toBe(one.default);
      expect(one.values).toContain(one.default);
      expect(one.source).not.toBe('');
    }
  });

  it('show one value under both ids of a switch', () => {
    const { assumptions } = resolveProfile({ assumptions: { A3: 'allowed' } });
    const values = listSwitches(assumptions).filter(({ id }) => id === 'A3' || id === 'PS-4');
    expect(values.map(({ value }) => value)).toEqual(['allowed', 'allowed']);
  });
});
