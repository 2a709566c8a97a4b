import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { LabError } from '#engine/model/lab-error.ts';
import { APPLICATION_ID, immutableUri, inspectFile } from './inspect-file.ts';
import { refreshLookupTables } from './lookup-tables.ts';
import { LATEST_VERSION, migrate } from './migrations/index.ts';
import { damagedFile, foreignFile, newerFile, sqliteCode, toLabError } from './sqlite-error.ts';

/** A connection that can only ask. */
export type ReadableDatabase = Pick<Database.Database, 'name' | 'prepare' | 'close'>;

/** A connection that may change things: whoever has one may be asked to wait for other writers. */
export type WritableDatabase = Database.Database;

/** How long a statement waits for another process before it gives up, ms. */
const BUSY_TIMEOUT_MS = 30_000;

/**
 * Opens a database for reading. Never creates or changes it.
 * @returns undefined where there is nothing to read yet: no file, or an empty one
 * @throws LabError 'usage' when the file is none of the lab's, damaged, too new or unreadable
 */
export function openForReading(path: string): ReadableDatabase | undefined {
  const file = resolve(path);
  if (inspectFile(file) !== 'ours') return undefined;
  try {
    return openReader(file, file);
  } catch (error) {
    // In a folder nobody may write to, SQLite can't make the files beside a WAL database. Where
    // there is no log, nothing but the file itself counts, and it can be read as it stands.
    if (sqliteCode(error).startsWith('SQLITE_CANTOPEN') && !existsSync(`${file}-wal`)) {
      try {
        return openReader(immutableUri(file), file);
      } catch (second) {
        throw toLabError(second, file);
      }
    }
    throw toLabError(error, file);
  }
}

function openReader(name: string, file: string): ReadableDatabase | undefined {
  const db = new Database(name, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('trusted_schema = OFF');
    const version = checkHeader(db, file);
    if (version > 0) {
      // Touches the schema, so that a damaged file is found out here and not later.
      db.prepare('SELECT count(*) FROM run').get();
      return db;
    }
  } catch (error) {
    db.close();
    throw error;
  }
  db.close();
  return undefined;
}

/**
 * Opens a database for writing; makes it, or brings an older one up to date, where needed.
 * @throws LabError 'usage' when the file is none of the lab's, damaged, too new, or can't be written
 */
export function openForWriting(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS): WritableDatabase {
  const file = resolve(path);
  const state = inspectFile(file);
  if (state === 'missing' && !existsSync(dirname(file))) {
    throw new LabError(
      'usage',
      `${dirname(file)}: no such folder`,
      'create it, or name another database with --db FILE',
    );
  }
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: busyTimeoutMs });
    prepareForWriting(db, file);
    return db;
  } catch (error) {
    db?.close();
    throw toLabError(error, file);
  }
}

function prepareForWriting(db: WritableDatabase, file: string): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('foreign_keys = ON');
  // The id goes in before the log mode, by itself: a process killed in between leaves a file that
  // is plainly the lab's.
  claim(db, file);
  enterWalMode(db);
  db.pragma('synchronous = NORMAL');
  migrate(db);
  refreshLookupTables(db);
  // SQLite falls back to reading where a file can't be written; better to hear it now.
  db.exec('BEGIN IMMEDIATE; ROLLBACK');
}

/** @returns the schema version; 0 while the file is being made */
function checkHeader(db: WritableDatabase, file: string): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (Number(db.pragma('application_id', { simple: true })) !== APPLICATION_ID)
    throw foreignFile(file);
  if (version > LATEST_VERSION) throw newerFile(file, version);
  return version;
}

function claim(db: WritableDatabase, file: string): void {
  if (Number(db.pragma('application_id', { simple: true })) !== APPLICATION_ID) {
    db.transaction(() => {
      if (db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined)
        throw foreignFile(file);
      db.pragma(`application_id = ${APPLICATION_ID}`);
    }).exclusive();
  }
  if (checkHeader(db, file) > 0 && !hasRunTable(db)) throw damagedFile(file);
}

function hasRunTable(db: WritableDatabase): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'run'").get() !== undefined;
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

/** Moves the log into the file and lets SQLite refresh its statistics: what a finished run does. */
export function tidy(db: WritableDatabase): void {
  // A reader in the middle of something must not hold up the end of a run: the log then stays.
  db.pragma('busy_timeout = 500');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('optimize');
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
}
