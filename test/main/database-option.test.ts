import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { portlab, scratch } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());

const SWEEP = ['run', 'sweep', '--addresses', '10.0.0.1,10.0.0.2'];

function fingerprint(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function foreignDatabase(): string {
  const file = files.path('contacts.db');
  const db = new Database(file);
  db.exec("CREATE TABLE contact(name TEXT); INSERT INTO contact VALUES ('someone')");
  db.close();
  return file;
}

function textFile(): string {
  const file = files.path('notes.txt');
  writeFileSync(file, 'not a database, and longer than a header: '.repeat(40));
  return file;
}

function folder(): string {
  const path = files.path('folder');
  mkdirSync(path, { recursive: true });
  return path;
}

test.each([
  ['a database of another program', foreignDatabase],
  ['a text file', textFile],
])('%s is refused and left untouched', async (_what, make) => {
  const file = make();
  const before = fingerprint(file);
  for (const args of [SWEEP, ['runs', 'list'], ['runs', 'delete', 'last']]) {
    const { status, stderr, stdout } = await portlab(...args, '--db', file);
    expect(status, args.join(' ')).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
  }
  expect(fingerprint(file)).toBe(before);
  expect(readdirSync(folder())).toEqual([]);
  expect(existsSync(`${file}-wal`)).toBe(false);
});

test('a folder, and a place nobody may write to, are refused in one line', async () => {
  for (const place of [folder(), '/proc/self/lab.labdb', files.path('notes.txt/lab.labdb')]) {
    if (place.endsWith('notes.txt/lab.labdb')) textFile();
    const { status, stderr } = await portlab(...SWEEP, '--db', place);
    expect(status, `${place}: ${stderr}`).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  }
});

test('a missing database reads as empty and is not made by reading', async () => {
  const file = files.path('missing.labdb');
  const { status, stdout } = await portlab('runs', 'list', '--json', '--db', file);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ runs: [] });
  expect(existsSync(file)).toBe(false);
});

test('a deleted run is gone, the others stay', async () => {
  const file = files.path('several.labdb');
  const ids: string[] = [];
  for (let n = 0; n < 2; n++) {
    const { stdout } = await portlab(...SWEEP, '--db', file, '--json');
    ids.push((JSON.parse(stdout) as { run: { id: string } }).run.id);
  }
  const [first = '', second = ''] = ids;
  const { status } = await portlab('runs', 'delete', first, '--db', file);
  expect(status).toBe(0);
  expect((await portlab('runs', 'show', first, '--db', file)).status).toBe(2);
  expect((await portlab('runs', 'show', second, '--db', file)).status).toBe(0);
});

test('a recording that was tampered with is found out', async () => {
  const file = files.path('tampered.labdb');
  await portlab(...SWEEP, '--db', file);
  const sound = await portlab('runs', 'verify', '--db', file, '--json');
  expect(sound.status).toBe(0);
  expect(JSON.parse(sound.stdout)).toMatchObject({ runs: [{ ok: true, problem: null }] });

  const db = new Database(file);
  db.exec('UPDATE event SET port = port + 1 WHERE seq = 100');
  db.close();
  const { status, stdout } = await portlab('runs', 'verify', '--db', file, '--json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ runs: [{ ok: false, problem: expect.any(String) }] });
});

test('a run goes to another database as a .labrun, and comes but once', async () => {
  const [here, there, file] = ['here.labdb', 'there.labdb', 'run.labrun'].map(files.path) as [
    string,
    string,
    string,
  ];
  const made = await portlab(...SWEEP, '--db', here, '--json');
  const { run } = JSON.parse(made.stdout) as { run: { id: string } };
  expect((await portlab('runs', 'export', 'last', '--out', file, '--db', here)).status).toBe(0);

  const first = await portlab('runs', 'import', file, '--db', there, '--json');
  expect(JSON.parse(first.stdout)).toEqual({ imported: [run.id], known: [], refused: [] });
  const again = await portlab('runs', 'import', file, textFile(), '--db', there, '--json');
  expect(again.status).toBe(2);
  expect(JSON.parse(again.stdout)).toMatchObject({ imported: [], known: [run.id], refused: [{}] });

  const shown = await portlab('runs', 'show', run.id, '--db', there, '--json');
  expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(made.stdout));
  expect((await portlab('runs', 'verify', '--db', there)).status).toBe(0);
});
