import Database from 'better-sqlite3';
import { LabError } from '#engine/model/lab-error.ts';

/** What to do about what a newer lab wrote. */
export const UPDATE_HINT = 'update portlab';

const OTHER_FILE = 'name another database with --db FILE';

/** SQLite's extended result code, or '' where the error is none of SQLite's. */
export function sqliteCode(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

/**
 * Turns what SQLite threw into an error for a person. LabErrors pass through unchanged.
 * Source of the codes: https://www.sqlite.org/rescode.html
 * @param file the database it happened on
 */
export function toLabError(error: unknown, file: string): LabError {
  if (error instanceof LabError) return error;
  const code = sqliteCode(error);
  const primary = code.split('_').slice(0, 2).join('_');
  switch (primary) {
    case 'SQLITE_NOTADB':
      return foreignFile(file);
    case 'SQLITE_CORRUPT':
      return damagedFile(file);
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
    case 'SQLITE_AUTH':
      return new LabError(
        'usage',
        `${file}: cannot be opened`,
        `SQLite must be able to make files beside it: check its folder's permissions, or ${OTHER_FILE}`,
      );
    case 'SQLITE_READONLY':
      return new LabError(
        'usage',
        `${file}: cannot be written`,
        `make the file and its folder writable, or ${OTHER_FILE}`,
      );
    case 'SQLITE_FULL':
      return new LabError(
        'failed',
        `${file}: the disk is full`,
        'what was recorded before is kept; make room on the disk',
      );
    case 'SQLITE_IOERR':
      return new LabError(
        'failed',
        `${file}: reading or writing failed (${code})`,
        'what was recorded before is kept; check the disk and its free space',
      );
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
    case 'SQLITE_PROTOCOL':
      return new LabError(
        'failed',
        `${file}: another program keeps it locked`,
        'close what holds the database open, or name another with --db FILE',
      );
    default:
      return new LabError(
        'failed',
        `${file}: ${error instanceof Error ? error.message : String(error)}`,
        OTHER_FILE,
      );
  }
}

export function foreignFile(file: string): LabError {
  return new LabError('usage', `${file}: not a portlab database; left untouched`, OTHER_FILE);
}

export function damagedFile(file: string): LabError {
  return new LabError(
    'usage',
    `${file}: the database is damaged; left untouched`,
    `restore it from a backup, or ${OTHER_FILE}`,
  );
}

export function newerFile(file: string, version: number): LabError {
  return new LabError(
    'usage',
    `${file}: written by a newer portlab (schema ${version}); left untouched`,
    `update portlab, or ${OTHER_FILE}`,
  );
}
