import { existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { sqliteCode } from './sqlite-error.ts';

/**
 * Who records a run holds an exclusive lock on a small file beside the database for as long. The
 * operating system drops the lock when the process ends, however it ends: so a run that says
 * 'running' and whose lock is free was interrupted. No process ids, which get used again.
 */
export interface RunHold {
  /** Gives the lock back and removes the file. */
  release(): void;
}

function holdFile(file: string, rid: number): string {
  return `${file}-run-${rid}`;
}

/** Must be held before anyone can see the run's row. */
export function holdRun(file: string, rid: number): RunHold {
  const db = new Database(holdFile(file, rid), { timeout: 5_000 });
  try {
    // Nothing is ever written, so nothing beside the file is needed, or left behind.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    release() {
      db.close();
      removeHoldFile(file, rid);
    },
  };
}

/** Whether a process is recording this run now. Changes nothing, and needs only to read. */
export function isRunHeld(file: string, rid: number): boolean {
  const name = holdFile(file, rid);
  if (!existsSync(name)) return false;
  let db: Database.Database | undefined;
  try {
    db = new Database(name, { readonly: true, fileMustExist: true, timeout: 0 });
    db.pragma('user_version');
    return false;
  } catch (error) {
    // What can't be opened can't be judged either: only a lock seen free makes a run interrupted.
    return sqliteCode(error).startsWith('SQLITE_BUSY') || existsSync(name);
  } finally {
    db?.close();
  }
}

/** Where another process is just looking at the file, Windows keeps it; a free one does no harm. */
export function removeHoldFile(file: string, rid: number): void {
  try {
    rmSync(holdFile(file, rid), { force: true });
  } catch {
    return;
  }
}
