import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openForReading, openForWriting } from '#data/database.ts';
import { APPLICATION_ID } from '#data/inspect-file.ts';
import { LATEST_VERSION, MIGRATIONS } from '#data/migrations/index.ts';
import { RunLibrary } from '#data/run-library.ts';
import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { SOCKET_OPTION_NAMES, optionTag } from '#engine/model/socket-option.ts';
import { ERROR_LOST, WSA } from '#engine/model/winsock-error.ts';
import { asOrdinaryUser, canBecomeOrdinary } from './ordinary-user.ts';
import { temporaryFolder } from './sample-run.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'lab.db');
});
afterEach(() => folder.remove());

function refusal(open: () => unknown): LabError {
  try {
    open();
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

/** Everything in the folder, and what is in it. */
function fingerprint(): string[] {
  return readdirSync(folder.path).map(
    (name) =>
      `${name} ${createHash('sha256')
        .update(readFileSync(join(folder.path, name)))
        .digest('hex')}`,
  );
}

describe('a new database', () => {
  test('is marked as the lab’s own, in WAL mode, with every migration done', () => {
    const db = openForWriting(file);
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(db.pragma('user_version', { simple: true })).toBe(LATEST_VERSION);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(1);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0);
    db.close();
    expect(readFileSync(file).toString('latin1', 68, 72)).toBe('PLAB');
  });

  test('has only STRICT tables', () => {
    const db = openForWriting(file);
    const loose = db
      .prepare(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    db.close();
    expect(loose).toEqual([]);
  });

  test('knows every name the engine knows, and learns a changed one at the next opening', () => {
    openForWriting(file).close();
    const raw = new Database(file);
    raw.exec(
      "DELETE FROM op_name WHERE op = 4; UPDATE error_name SET name = 'old' WHERE code = 10055",
    );
    raw.close();
    const db = openForWriting(file);
    const names = (table: string): Map<number, string> =>
      new Map(db.prepare<[], [number, string]>(`SELECT * FROM ${table}`).raw().all());
    const swapped = (numbers: Readonly<Record<string, number>>): Map<number, string> =>
      new Map(Object.entries(numbers).map(([name, number]) => [number, name]));
    expect(names('op_name')).toEqual(swapped(OP));
    expect(names('mark_name')).toEqual(swapped(MARK));
    expect(names('error_name')).toEqual(swapped({ ...WSA, 'error code lost': ERROR_LOST }));
    expect(names('option_name')).toEqual(
      new Map(SOCKET_OPTION_NAMES.map((name) => [optionTag(name), name])),
    );
    db.close();
  });

  test('migrations are numbered by tens, in order', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(
      MIGRATIONS.map((_, index) => (index + 1) * 10),
    );
  });
});

describe('reading', () => {
  test('a missing file reads as empty and is not made', () => {
    expect(openForReading(file)).toBeUndefined();
    expect(new RunLibrary(file).list()).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  test('an empty file reads as empty and stays so', () => {
    writeFileSync(file, '');
    expect(openForReading(file)).toBeUndefined();
    expect(readFileSync(file).length).toBe(0);
  });

  test('cannot write', () => {
    openForWriting(file).close();
    const db = openForReading(file);
    expect(() => db?.prepare('DELETE FROM run').run()).toThrow(/readonly/);
    db?.close();
  });
});

describe.each([
  ['reading', openForReading],
  ['writing', openForWriting],
] as const)('opened for %s', (_, open) => {
  test.each([
    ['a text file', (): void => writeFileSync(file, 'not a database at all\n'.repeat(40))],
    ['a short file', (): void => writeFileSync(file, 'x')],
    [
      'another program’s database',
      (): void => {
        const other = new Database(file);
        other.exec('CREATE TABLE bookmark (url TEXT)');
        other.close();
      },
    ],
    [
      'another program’s database in WAL mode',
      (): void => {
        const other = new Database(file);
        other.pragma('journal_mode = WAL');
        other.exec('CREATE TABLE bookmark (url TEXT)');
        other.close();
      },
    ],
  ])('%s is refused and left as it was', (_name, make) => {
    make();
    const before = fingerprint();
    const error = refusal(() => open(file));
    expect(error.kind).toBe('usage');
    expect(error.message).toBe(`${file}: not a portlab database; left untouched`);
    expect(error.hint).toContain('--db');
    expect(fingerprint()).toEqual(before);
  });

  test('a database of a newer lab is refused and left as it was', () => {
    openForWriting(file).close();
    const raw = new Database(file);
    raw.pragma(`user_version = ${LATEST_VERSION + 10}`);
    raw.close();
    const copy = join(folder.path, 'newer.db');
    writeFileSync(copy, readFileSync(file));
    const before = fingerprint();
    expect(refusal(() => open(copy)).message).toMatch(/written by a newer portlab/);
    expect(fingerprint()).toEqual(before);
  });

  test('a database cut in half is refused and left as it was', () => {
    openForWriting(file).close();
    const whole = readFileSync(file);
    truncateSync(file, Math.floor(whole.length / 2));
    const cut = readFileSync(file);
    const error = refusal(() => open(file));
    expect([error.kind, error.message]).toEqual([
      'usage',
      `${file}: the database is damaged; left untouched`,
    ]);
    expect(readFileSync(file).equals(cut)).toBe(true);
  });

  test('a folder is refused', () => {
    mkdirSync(file);
    expect(refusal(() => open(file)).message).toMatch(/is a folder/);
  });

  test.skipIf(!canBecomeOrdinary)('a file without permission is refused', () => {
    openForWriting(file).close();
    // Another inode: this process knows the first.
    const hidden = join(folder.path, 'hidden.db');
    writeFileSync(hidden, readFileSync(file));
    chmodSync(hidden, 0o000);
    const error = asOrdinaryUser(folder.path, () => refusal(() => open(hidden)));
    expect([error.kind, error.message]).toEqual(['usage', `${hidden}: cannot be read`]);
  });
});

describe('opened for writing', () => {
  test('garbage in the middle of a database is refused and left as it was', () => {
    openForWriting(file).close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4_096, bytes.length);
    writeFileSync(file, bytes);
    expect(refusal(() => openForWriting(file)).message).toMatch(/is damaged/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('a folder that does not exist is named', () => {
    const error = refusal(() => openForWriting(join(folder.path, 'none', 'lab.db')));
    expect([error.kind, error.message]).toEqual([
      'usage',
      `${join(folder.path, 'none')}: no such folder`,
    ]);
  });

  test.skipIf(!canBecomeOrdinary)('a folder that can’t be written is refused', () => {
    chmodSync(folder.path, 0o555);
    const error = asOrdinaryUser(folder.path, () => refusal(() => openForWriting(file)));
    expect(error.kind).toBe('usage');
    expect(existsSync(file)).toBe(false);
  });

  test.skipIf(!canBecomeOrdinary)(
    'a file that can only be read is refused, and can still be read',
    () => {
      openForWriting(file).close();
      chmodSync(file, 0o444);
      chmodSync(folder.path, 0o777);
      asOrdinaryUser(folder.path, () => {
        const error = refusal(() => openForWriting(file));
        expect([error.kind, error.message]).toEqual(['usage', `${file}: cannot be written`]);
        expect(new RunLibrary(file).list()).toEqual([]);
      });
    },
  );
});
