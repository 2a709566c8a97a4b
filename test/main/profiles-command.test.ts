import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { portlab, scratch } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());

function fileOf(name: string, text: string): string {
  const path = files.path(name);
  writeFileSync(path, text);
  return path;
}

interface Shown {
  readonly profile: string;
  readonly base: string;
  readonly differs: readonly string[];
  readonly switches: readonly {
    readonly id: string;
    readonly value: string;
    readonly default: string;
    readonly values: readonly string[];
    readonly mark: string;
    readonly source: string;
  }[];
}

async function shown(name: string): Promise<Shown> {
  const { status, stdout, stderr } = await portlab('profiles', 'show', name, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as Shown;
}

describe('the list', () => {
  test('as JSON: the names, and what each poses as beside them', async () => {
    const { status, stdout } = await portlab('profiles', '--json');
    expect(status).toBe(0);
    const { profiles, about } = JSON.parse(stdout) as {
      profiles: string[];
      about: Record<string, string>;
    };
    expect(profiles).toContain('windows-server-2025');
    expect(Object.keys(about)).toEqual(profiles);
  });

  test('as text: a sentence for each name, and how to describe one’s own host', async () => {
    const { stdout } = await portlab('profiles');
    expect(stdout).toMatch(/^windows-server-2008r2-unpatched\n {2}.*KB2826167/m);
    expect(stdout).toContain('"base": "windows-server-2022"');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe('one profile', () => {
  test('every switch has the fields scripts rely on', async () => {
    const { profile, switches } = await shown('wine-8');
    expect(profile).toBe('wine-8');
    for (const one of switches) {
      const seven = ['id', 'name', 'value', 'default', 'values', 'mark', 'source'];
      expect(Object.keys(one).slice(0, 7)).toEqual(seven);
      expect(one.values).toContain(one.value);
    }
    expect(switches.find(({ id }) => id === 'A1')).toMatchObject({ value: 'ignored', mark: 'W' });
  });

  test('as text: what differs comes first and marked, marks are words, sources are there', async () => {
    const { stdout } = await portlab('profiles', 'show', 'windows-server-2008r2-unpatched');
    const differs = stdout.indexOf('Differs from documented in 2 switches');
    const rules = stdout.indexOf('Documented rules');
    expect(differs).toBeGreaterThan(0);
    expect(differs).toBeLessThan(rules);
    expect(stdout).toContain('* A28 perInterface = not-shared  (default shared)');
    expect(stdout).toContain('documented: KB2826167 (Windows 7 SP1 and Server 2008 R2 SP1)');
    expect(stdout).toMatch(/^Open questions/m);
    expect(stdout).toMatch(/^Extras/m);
    expect(stdout).not.toMatch(/undefined|null|\[object/);
  });

  test('of a file, with comments and trailing commas: what it sets, over its base', async () => {
    const path = fileOf(
      'mine.jsonc',
      '{"base": "windows-server-2008", // ours\n"assumptions": {"A21": 30,},}',
    );
    const { profile, base, differs, switches } = await shown(path);
    expect(profile).toBe(path);
    expect(base).toBe('windows-server-2008');
    expect(differs.toSorted()).toEqual(['A21', 'unicastPort']);
    expect(switches.find(({ id }) => id === 'A21')?.value).toBe('30');
    const { stdout } = await portlab('profiles', 'show', path);
    expect(stdout).toContain('From a file, on windows-server-2008');
    expect(stdout).toMatch(/A21 timeWaitHolds = 30.*\n.*\n {4}Set by the file/);
  });
});

test.each<[string, readonly string[], number, RegExp]>([
  ['an unknown name', ['show', 'windows-95'], 2, /unknown profile windows-95.*wine-8/],
  ['another case', ['show', 'WINE-8'], 2, /write wine-8/],
  ['a missing file', ['show', 'nowhere.json'], 2, /nowhere\.json/],
  ['no name', ['show'], 2, /name\|file/],
  [
    'a learned profile under a name that is no profile’s',
    ['learn', 'last', '--out', 'x.txt'],
    2,
    /\.jsonc?/,
  ],
  ['learning without a place to write to', ['learn', 'last'], 2, /--out/],
])('%s is refused in one line', async (_title, args, code, words) => {
  const { status, stdout, stderr } = await portlab('profiles', ...args);
  expect(status).toBe(code);
  expect(stdout).toBe('');
  expect(stderr).toMatch(words);
  expect(stderr.trimEnd()).not.toContain('\n');
});

test('a bad file is refused with its name and its field', async () => {
  const path = fileOf('bad.json', '{"assumptions": {"A21": 7}}');
  const { status, stderr } = await portlab('profiles', 'show', path);
  expect(status).toBe(2);
  expect(stderr).toContain(`${path}: assumptions.A21`);
  expect(stderr).toContain('120');
});
