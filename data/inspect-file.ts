import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { LabError } from '#engine/model/lab-error.ts';
import { LATEST_VERSION } from './migrations/index.ts';
import { damagedFile, foreignFile, newerFile, sqliteCode, toLabError } from './sqlite-error.ts';

/** Marks a file as the lab's own: 'PLAB' in the header of the SQLite file. */
export const APPLICATION_ID = 0x504c4142;

/** `empty`: a file without content, to be filled like a missing one. */
export type FileState = 'missing' | 'empty' | 'ours';

interface Header {
  readonly applicationId: number;
  readonly version: number;
}

/**
 * Says whose file this is without touching it: opened immutable, SQLite takes no lock, recovers no
 * journal and makes no file beside it. (Reading the header with fs would be simpler and wrong: on
 * POSIX, closing any descriptor of a file drops the locks this process holds on it through another.
 * https://www.sqlite.org/howtocorrupt.html section 2.2)
 * @throws LabError 'usage' when it is a directory, unreadable, foreign, damaged or too new
 */
export function inspectFile(file: string): FileState {
  const size = fileSize(file);
  if (size === undefined) return 'missing';
  if (size === 0) return 'empty';
  let header;
  try {
    header = readHeader(immutableUri(file));
  } catch (error) {
    // A process killed while it moved the log into the file leaves a file that only reads as whole
    // together with its log. (A read-only connection leaves the file itself alone, too.)
    if (!sqliteCode(error).startsWith('SQLITE_CORRUPT')) throw toLabError(error, file);
    if ((fileSize(`${file}-wal`) ?? 0) === 0) throw damagedFile(file);
    header = readHeaderWithLog(file);
  }
  if (header.applicationId !== APPLICATION_ID) throw foreignFile(file);
  if (header.version > LATEST_VERSION) throw newerFile(file, header.version);
  return 'ours';
}

/** A path as the URI that makes SQLite treat the file as one nobody can change. */
export function immutableUri(file: string): string {
  // SQLite wants a UNC path as file:////server/share; a host in the URI is an error to it.
  const uri = pathToFileURL(file).href.replace(/^file:\/\/(?=[^/])/, 'file:////');
  return `${uri}?immutable=1`;
}

/** @returns undefined where there is no such file */
function fileSize(file: string): number | undefined {
  let stats;
  try {
    stats = statSync(file, { throwIfNoEntry: false });
  } catch {
    throw new LabError('usage', `${file}: cannot be reached`, 'check the path given with --db');
  }
  if (stats === undefined) return undefined;
  if (stats.isDirectory()) {
    throw new LabError(
      'usage',
      `${file}: is a folder, not a database`,
      'name a file with --db FILE',
    );
  }
  return stats.size;
}

function readHeaderWithLog(file: string): Header {
  try {
    return readHeader(file);
  } catch (error) {
    throw toLabError(error, file);
  }
}

function readHeader(name: string): Header {
  const db = new Database(name, { readonly: true, fileMustExist: true });
  try {
    return {
      applicationId: Number(db.pragma('application_id', { simple: true })),
      version: Number(db.pragma('user_version', { simple: true })),
    };
  } finally {
    db.close();
  }
}
