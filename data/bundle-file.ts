import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { formatProblem } from '#engine/event/event-formats.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { runDocumentSchema, type RunDocument } from '#engine/run/run-document.ts';
import type { ReadableDatabase } from './database.ts';
import { LATEST_VERSION, migrate } from './migrations/index.ts';
import { readChunks } from './event-reader.ts';
import type { WholeRun } from './run-bundle.ts';
import { toDocument, type RunRow } from './run-row.ts';
import { verifyRun } from './run-verification.ts';
import { UPDATE_HINT } from './sqlite-error.ts';

/** Marks a `.labrun`: 'PLRN' in the header of the SQLite file. */
export const BUNDLE_ID = 0x504c524e;

/** Ten million events are some 400 MB; nothing honest is larger than this. */
const MOST_BYTES = 8 * 1024 ** 3;

const HEADER_BYTES = 100;

/**
 * Reads a `.labrun` somebody sent, trusting nothing in it: the header before SQLite sees it, then,
 * read-only, that its schema is exactly ours as of its version (no view, trigger or index of others runs), that every
 * page is sound, that it holds one ended run whose document fits the schema and whose events are whole.
 * @param use gets the run while the file is open
 * @throws LabError 'usage' saying what is wrong with the file
 */
export function withBundle<T>(file: string, use: (run: WholeRun) => T): T {
  const version = checkHeader(file);
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    db.pragma('trusted_schema = OFF');
    db.pragma('query_only = ON');
    db.pragma('cell_size_check = ON');
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw refused(file, 'it is damaged');
    checkSchema(db, file, version);
    return use(readRun(db, file));
  } catch (error) {
    if (error instanceof LabError) throw error;
    throw refused(file, error instanceof Error ? error.message : String(error));
  } finally {
    db?.close();
  }
}

/** https://www.sqlite.org/fileformat2.html section 1.3. @returns the version of its tables */
function checkHeader(file: string): number {
  const header = Buffer.alloc(HEADER_BYTES);
  let size: number;
  try {
    size = statSync(file).size;
    const descriptor = openSync(file, 'r');
    try {
      readSync(descriptor, header);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    throw refused(file, 'it cannot be read');
  }
  const isSqlite = header.toString('latin1').startsWith('SQLite format 3\0');
  if (!isSqlite || header.readUInt32BE(68) !== BUNDLE_ID)
    throw refused(file, 'it is no .labrun file');
  if (size > MOST_BYTES) throw refused(file, 'it is larger than 8 GiB');
  const version = header.readUInt32BE(60);
  if (version > LATEST_VERSION) {
    throw tooNew(
      file,
      `a newer lab wrote it (tables of version ${version}, this lab knows ${LATEST_VERSION})`,
    );
  }
  // 2 would be a write-ahead log: SQLite would put files beside this one.
  if (header[18] !== 1 || header[19] !== 1) throw refused(file, 'it is not in one piece');
  return version;
}

function checkSchema(db: Database.Database, file: string, version: number): void {
  const own = new Database(':memory:');
  try {
    migrate(own, version);
    if (schemaOf(db) !== schemaOf(own))
      throw refused(file, 'its tables are not those of a .labrun');
  } finally {
    own.close();
  }
}

/** All there is but SQLite's own statistics, which `PRAGMA optimize` makes when it sees fit. */
function schemaOf(db: Database.Database): string {
  const entries = db.prepare(
    `SELECT type, name, tbl_name, sql FROM sqlite_schema
     WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4') ORDER BY type, name`,
  );
  return JSON.stringify(entries.all());
}

function readRun(db: ReadableDatabase, file: string): WholeRun {
  const rows = db.prepare<[], RunRow>('SELECT * FROM run LIMIT 2').all();
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw refused(file, 'it does not hold one run');
  // Before its document, in which a newer lab may say things this one has no words for.
  const newer = formatProblem(row.version);
  if (newer !== null) throw tooNew(file, newer);
  const document = parseDocument(toDocument(db, row), file);
  if (document.run.status === 'running') throw refused(file, 'its run has not ended');
  const { problem } = verifyRun(db, row);
  if (problem !== null) throw refused(file, `its events are damaged: ${problem}`);
  const addresses = db
    .prepare<[number], { address: string }>(
      'SELECT address FROM run_address WHERE rid = ? ORDER BY idx',
    )
    .all(row.rid)
    .map(({ address }) => address);
  if (hasControls(addresses)) throw refused(file, 'a text in it has control characters');
  return { document, addresses, events: readChunks(db, row) };
}

function parseDocument(document: RunDocument, file: string): RunDocument {
  const parsed = runDocumentSchema.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refused(file, `its ${issue?.path.join('.') ?? 'run'} is not as it should be`);
  }
  if (hasControls(parsed.data)) throw refused(file, 'a text in it has control characters');
  return parsed.data;
}

/** Texts end up in terminals, where control characters are commands. JSON escapes the lower ones. */
function hasControls(value: unknown): boolean {
  return /\\u00[01]|\\[bfnrt]|[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(
    JSON.stringify(value),
  );
}

function tooNew(file: string, why: string): LabError {
  return new LabError('usage', `${file}: ${why}`, UPDATE_HINT);
}

function refused(file: string, why: string): LabError {
  return new LabError(
    'usage',
    `${file}: ${why}`,
    'ask for a new export: portlab runs export ID --out FILE',
  );
}
