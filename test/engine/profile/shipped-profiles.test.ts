import { describe, expect, it, test } from 'vitest';
import type { AssumptionId, Assumptions } from '#engine/profile/assumptions.ts';
import { DOCUMENTED_PROFILE } from '#engine/profile/documented-profile.ts';
import { namedProfile, PROFILE_NAMES } from '#engine/profile/resolve-profile.ts';
import { SHIPPED_PROFILES, stanceOf } from '#engine/profile/shipped-profiles.ts';

/** What sets each apart from `documented`, told a second time: from the articles, not from the tables. */
const DIFFERENCES: Readonly<Record<string, Partial<Assumptions>>> = {
  documented: {},
  'windows-server-2008': { unicastPort: 'unknown-option' },
  'windows-server-2008r2-unpatched': { unicastPort: 'unknown-option', A28: 'not-shared' },
  'windows-server-2008r2': { unicastPort: 'unknown-option' },
  'windows-server-2012': {},
  'windows-server-2012r2': {},
  'windows-server-2016': {},
  'windows-server-2019': {},
  'windows-server-2022': {},
  'windows-server-2025': {},
  'windows-10': {},
  'windows-11': {},
};

function differences(name: string): Partial<Assumptions> {
  const { assumptions } = namedProfile(name);
  return Object.fromEntries(
    Object.entries(assumptions).filter(
      ([id, value]) => DOCUMENTED_PROFILE.assumptions[id as AssumptionId] !== value,
    ),
  );
}

test('the profiles there are', () => {
  expect(PROFILE_NAMES).toEqual([...Object.keys(DIFFERENCES), 'wine-8']);
  expect(new Set(PROFILE_NAMES).size).toBe(PROFILE_NAMES.length);
});

describe.each(Object.entries(DIFFERENCES))('%s', (name, expected) => {
  it('differs from documented in this and nothing else', () => {
    const { assumptions, ...host } = namedProfile(name);
    expect(differences(name)).toEqual(expected);
    expect(assumptions).toEqual({ ...DOCUMENTED_PROFILE.assumptions, ...expected });
    const { assumptions: _default, ...plain } = DOCUMENTED_PROFILE;
    expect(host).toEqual({ ...plain, name, base: name });
  });
});

describe('wine-8', () => {
  it('differs from documented exactly where its table says', () => {
    const table = SHIPPED_PROFILES.find(({ name }) => name === 'wine-8')?.switches ?? {};
    const said = Object.entries(table)
      .map(([id, { value }]): [string, string] => [id, value])
      .filter(([id, value]) => DOCUMENTED_PROFILE.assumptions[id as AssumptionId] !== value);
    expect(differences('wine-8')).toEqual(Object.fromEntries(said));
  });

  it('ignores the option, and says so with Linux codes', () => {
    expect(differences('wine-8')).toMatchObject({
      'PS-1': 'per-address-tcp',
      A1: 'ignored',
      A14: 'wine',
      A15: 'wine',
      A16: 'accepted',
      A18: 'refused',
      reservations: 'unsupported',
      randomizeWithUnicast: 'accepted',
      implicitConnect: 'per-tuple',
    });
  });

  it('has the range Linux ships with', () => {
    const { dynamicRanges } = namedProfile('wine-8');
    for (const range of Object.values(dynamicRanges)) {
      expect(range).toEqual({ start: 32_768, count: 28_232 });
    }
  });

  it('claims nothing about Windows', () => {
    for (const [id, { mark }] of Object.entries(
      SHIPPED_PROFILES.find(({ name }) => name === 'wine-8')?.switches ?? {},
    )) {
      expect(mark, id).toBe('W');
    }
  });
});

describe.each(SHIPPED_PROFILES)('$name', ({ name, about, switches }) => {
  it('says in one sentence what it is', () => {
    expect(about).toMatch(/^[A-Z].*\.$/);
    expect(about).not.toMatch(/\. [A-Z]/);
    expect(about.length).toBeLessThan(200);
  });

  it('gives every value of its own a reason and a source', () => {
    for (const [id, { why, source, mark }] of Object.entries(switches)) {
      expect(why, id).toMatch(/\w{3}/);
      expect(source, id).toMatch(/\w{3}/);
      expect('DOWI', id).toContain(mark);
    }
  });

  it('brings nothing that is one host’s: addresses, exclusions, others’ ports, auto-reuse', () => {
    const { addresses, excludedRanges, autoReuseRange, holders, churn } = namedProfile(name);
    expect({ addresses, excludedRanges, holders, churn }).toEqual({
      addresses: [],
      excludedRanges: [],
      holders: [],
      churn: [],
    });
    expect(autoReuseRange).toEqual({ start: 0, count: 0 });
  });
});

describe('where a value comes from', () => {
  it('clients keep the option honoured, for a reason of their own', () => {
    for (const name of ['windows-10', 'windows-11']) {
      expect(stanceOf(name, 'A1')).toMatchObject({ value: 'honoured', mark: 'O' });
      expect(stanceOf(name, 'A1')?.source).toContain('minimum supported client: none');
    }
  });

  it('servers have it from the documentation', () => {
    for (const name of PROFILE_NAMES.filter((each) => each.startsWith('windows-server'))) {
      expect(stanceOf(name, 'A1'), name).toMatchObject({ value: 'honoured', mark: 'D' });
    }
  });

  it('a profile speaks before the one it stands on', () => {
    expect(stanceOf('windows-server-2008r2', 'A28')?.value).toBe('shared');
    expect(stanceOf('windows-server-2008r2-unpatched', 'A28')?.value).toBe('not-shared');
    expect(stanceOf('windows-server-2008r2-unpatched', 'unicastPort')?.value).toBe(
      'unknown-option',
    );
  });

  it('nothing is known of an unknown name or switch', () => {
    expect(stanceOf('windows-95', 'A1')).toBeUndefined();
    expect(stanceOf('wine-8', 'toString')).toBeUndefined();
    expect(stanceOf('documented', 'A1')).toBeUndefined();
  });
});
