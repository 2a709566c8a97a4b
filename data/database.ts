import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { LabError } from '#engine/model/lab-error.ts';
import { APPLICATION_ID, inspectFile, rememberFile } from './inspect-file.ts';
import { refreshLookupTables } from './lookup-tables.ts';
import { LATEST_VERSION, migrate } from './migrations/index.ts';
import { damagedFile, foreignFile, newerFile, sqliteCode, toLabError } from './sqlite-error.ts';

/** A connection that can only ask. */
export type ReadableDatabase = Pick<Database.Database, 'name' | 'prepare' | 'close'>;

/** A connection that may change things: whoever has one may be asked to wait for other writers. */
export type WritableDatabase = Database.Database;

/** How long a statement waits for another process before it gives up, ms. */
const BUSY_TIMEOUT_MS = 30_000;

/** Files up to this size are checked whole before they are written to (some 20 ms). */
const FULL_CHECK_BYTES = 4 * 1024 * 1024;

/**
 * What a reader gets where a writer was killed between two states of the file: SQLite can't show
 * either before it has put the last whole one back (https://www.sqlite.org/rescode.html).
 */
const LEFT_HALFWAY = [
  'SQLITE_READONLY_ROLLBACK',
  'SQLITE_READONLY_RECOVERY',
  'SQLITE_READONLY_CANTINIT',
];

/**
 * Opens a database for reading. Never creates or changes it; only what a killed writer left halfway
 * is put back by SQLite, where the file can be written.
 * @returns undefined where there is nothing to read yet: no file, or an empty one
 * @throws LabError 'usage' when the file is none of the lab's, damaged, too new or unreadable
 */
export function openForReading(path: string): ReadableDatabase | undefined {
  const file = resolve(path);
  if (inspectFile(file) !== 'ours') return undefined;
  try {
    return tryForReading(file);
  } catch (error) {
    if (!LEFT_HALFWAY.includes(sqliteCode(error))) throw toLabError(error, file);
  }
  try {
    putBack(file);
    return tryForReading(file);
  } catch (error) {
    throw toLabError(error, file);
  }
}

function tryForReading(file: string): ReadableDatabase | undefined {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    db.pragma('trusted_schema = OFF');
    if (checkHeader(db, file) > 0) {
      // Touches the schema, so that a damaged file is found out here and not later.
      db.prepare('SELECT count(*) FROM run').get();
      return db;
    }
  } catch (error) {
    db?.close();
    throw error;
  }
  db.close();
  return undefined;
}

/** The first statement of whoever may write does it. */
function putBack(file: string): void {
  const db = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('user_version');
  } finally {
    db.close();
  }
}

export interface WriteOptions {
  /** How long to wait for other writers. Default 30,000 ms. */
  readonly busyTimeoutMs?: number;
  /** Another thread of this process has looked at the file already: see inspect-file.ts. */
  readonly inspected?: boolean;
}

/**
 * Opens a database for writing; makes it, or brings an older one up to date, where needed.
 * @throws LabError 'usage' when the file is none of the lab's, damaged, too new, or can't be written
 */
export function openForWriting(path: string, options: WriteOptions = {}): WritableDatabase {
  const file = resolve(path);
  const state = options.inspected === true ? 'ours' : inspectFile(file);
  if (state === 'missing' && !existsSync(dirname(file))) {
    throw new LabError(
      'usage',
      `${dirname(file)}: no such folder`,
      'create it, or name another database with --db FILE',
    );
  }
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS });
    prepareForWriting(db, file, state !== 'ours');
    rememberFile(file);
    return db;
  } catch (error) {
    db?.close();
    throw toLabError(error, file);
  }
}

function prepareForWriting(db: WritableDatabase, file: string, isNew: boolean): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('foreign_keys = ON');
  // The id goes in before the log mode, by itself: a process killed in between leaves a file that
  // is plainly the lab's.
  if (isNew) claim(db, file);
  if (checkHeader(db, file) > 0) checkContent(db, file);
  enterWalMode(db);
  db.pragma('synchronous = NORMAL');
  migrate(db);
  refreshLookupTables(db);
  // SQLite falls back to reading where a file can't be written; better to hear it now.
  db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${LATEST_VERSION}; ROLLBACK`);
}

/** @returns the schema version; 0 while the file is being made */
function checkHeader(db: WritableDatabase, file: string): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (Number(db.pragma('application_id', { simple: true })) !== APPLICATION_ID)
    throw foreignFile(file);
  if (version > LATEST_VERSION) throw newerFile(file, version);
  return version;
}

/** Marks an empty file, unless another process was quicker. */
function claim(db: WritableDatabase, file: string): void {
  db.transaction(() => {
    if (Number(db.pragma('application_id', { simple: true })) === APPLICATION_ID) return;
    if (db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined)
      throw foreignFile(file);
    db.pragma(`application_id = ${APPLICATION_ID}`);
  }).exclusive();
}

/** A damaged file is refused before anything is written to it; a large one is only looked into. */
function checkContent(db: WritableDatabase, file: string): void {
  const size = statSync(file).size;
  const scope = size > FULL_CHECK_BYTES ? '(run)' : '';
  if (db.pragma(`quick_check${scope}`, { simple: true }) !== 'ok') throw damagedFile(file);
}

/** Two processes that make the database at once: SQLite doesn't wait for this lock, so we do. */
function enterWalMode(db: WritableDatabase): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let attempt = 0; ; attempt++) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!sqliteCode(error).startsWith('SQLITE_BUSY') || attempt === 200) throw error;
      Atomics.wait(pause, 0, 0, 25);
    }
  }
}

/** Lets SQLite refresh its statistics and moves the log into the file: what a finished run does. */
export function tidy(db: WritableDatabase): void {
  // A reader in the middle of something must not hold up the end of a run: the log then stays.
  db.pragma('busy_timeout = 500');
  db.pragma('optimize');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
}
