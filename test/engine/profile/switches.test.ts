import { describe, expect, it } from 'vitest';
import { listSwitches } from '#engine/profile/assumptions.ts';
import { NAMED_EXTRAS } from '#engine/profile/named-extras.ts';
import { profileSwitches } from '#engine/profile/profile-switches.ts';
import { recordedSwitches } from '#engine/profile/recorded-switches.ts';
import { namedProfile, PROFILE_NAMES, resolveProfile } from '#engine/profile/resolve-profile.ts';

describe('the switches', () => {
  it('are A1 to A30, PS-1 to PS-9 and the extras, each once', () => {
    const ids = listSwitches(namedProfile('documented').assumptions).map(({ id }) => String(id));
    const expected = [
      ...Array.from({ length: 30 }, (_, i) => `A${i + 1}`),
      ...Array.from({ length: 9 }, (_, i) => `PS-${i + 1}`),
      ...Object.keys(NAMED_EXTRAS),
    ];
    expect(ids.toSorted()).toEqual(expected.toSorted());
  });

  it('have names of their own, so that a name means one switch', () => {
    const own = listSwitches(namedProfile('documented').assumptions).filter(
      (entry) => entry.id === entry.switch,
    );
    const names = own.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    for (const { id, name } of own) expect(name === id || id in NAMED_EXTRAS === false).toBe(true);
  });

  it('show one value under both ids of a switch', () => {
    const { assumptions } = resolveProfile({ assumptions: { A3: 'allowed' } });
    const values = listSwitches(assumptions).filter(({ id }) => id === 'A3' || id === 'PS-4');
    expect(values.map(({ value }) => value)).toEqual(['allowed', 'allowed']);
  });

  it('say what each of their values leads to can be set, one by one', () => {
    for (const { id, values } of listSwitches(namedProfile('documented').assumptions)) {
      for (const value of values) {
        const { assumptions } = resolveProfile({ assumptions: { [id]: value } });
        const row = listSwitches(assumptions).find((entry) => entry.id === id);
        expect(row?.value, id).toBe(value);
      }
    }
  });

  describe.each(PROFILE_NAMES)('of %s', (name) => {
    const switches = profileSwitches(namedProfile(name));

    it('each have a value among those the model knows, a mark and a source', () => {
      for (const { id, value, values, default: preset, mark, source, about } of switches) {
        expect(values, id).toContain(value);
        expect(values[0], id).toBe(preset);
        expect(new Set(values).size, id).toBe(values.length);
        expect('DOWI', id).toContain(mark);
        expect(source, id).toMatch(/\w{3}/);
        expect(about, id).toMatch(/\w{3}/);
      }
    });

    it('that differ say why, and who says so', () => {
      for (const { id, value, default: preset, differs, why, setBy } of switches) {
        expect(differs, id).toBe(value !== preset);
        if (!differs) continue;
        expect(why, id).not.toBeNull();
        expect(setBy, id).toBe(name);
      }
    });
  });
});

describe('whose value it is', () => {
  const of = (content: unknown, id: string) =>
    profileSwitches(resolveProfile(content, 'mine.json')).find((entry) => entry.id === id);

  it('the documented default', () => {
    expect(of({ base: 'windows-server-2022' }, 'A19')).toMatchObject({
      setBy: 'documented',
      differs: false,
    });
  });

  it('the base’s, with the base’s evidence', () => {
    expect(of({ base: 'wine-8' }, 'A18')).toMatchObject({
      value: 'refused',
      setBy: 'wine-8',
      mark: 'W',
      differs: true,
    });
  });

  it('the file’s, with what is known about the question and no reason of the base’s', () => {
    const back = of({ base: 'wine-8', assumptions: { A18: 'readable' } }, 'A18');
    expect(back).toMatchObject({ setBy: null, mark: 'D', why: null, differs: false });
    const other = of({ assumptions: { 'PS-4': 'allowed' } }, 'A3');
    expect(other).toMatchObject({ setBy: null, value: 'allowed', differs: true, why: null });
  });

  it('a rule’s id shows what its switch shows', () => {
    const alias = of({ base: 'wine-8' }, 'PS-9');
    expect(alias).toMatchObject({ switch: 'A16', value: 'accepted', mark: 'W', setBy: 'wine-8' });
  });
});

describe('the assumptions a run recorded', () => {
  it('carry the evidence of the profile they came from', () => {
    const profile = resolveProfile({ base: 'wine-8', assumptions: { A19: 'random' } }, 'mine.json');
    const rows = recordedSwitches({ name: profile.name, resolved: { ...profile } });
    expect(rows.map(({ id }) => id)).toEqual(Object.keys(profile.assumptions));
    const row = (id: string) => rows.find((entry) => entry.id === id);
    expect(row('A1')).toMatchObject({
      value: 'ignored',
      other: 'honoured',
      standing: 'observed under Wine',
    });
    expect(row('A19')).toMatchObject({ value: 'random', other: 'next-fit', standing: 'inferred' });
    expect(row('A2')).toMatchObject({ value: 'blocked', other: null, standing: 'inferred' });
  });

  it('are read by the profile’s name where an older lab recorded no base', () => {
    const { base: _none, ...resolved } = namedProfile('windows-server-2022');
    const [row] = recordedSwitches({ name: 'windows-server-2022', resolved });
    expect(row).toMatchObject({ id: 'A1', standing: 'documented' });
  });

  it('are kept whatever they are', () => {
    const of = (assumptions: unknown) => recordedSwitches({ name: 'x', resolved: { assumptions } });
    expect(of(undefined)).toEqual([]);
    expect(of(null)).toEqual([]);
    expect(of('text')).toMatchObject([{ id: 'assumptions', value: 'text' }]);
    expect(of({ A99: 'x', toString: 1, A1: { deep: [1] } })).toMatchObject([
      { id: 'A99', value: 'x', about: null, standing: null },
      { id: 'toString', value: '1', about: null },
      { id: 'A1', value: '{"deep":[1]}', other: 'honoured' },
    ]);
  });
});
