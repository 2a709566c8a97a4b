import type { WritableDatabase } from '../database.ts';
import { RUN_TABLES } from './010-run-tables.ts';
import { EVENT_TABLES } from './020-event-tables.ts';
import { VIEWS } from './030-views.ts';
import { SCRIPT_ANSWERS } from './040-script-answers.ts';
import { EXTRAS } from './050-extras.ts';
import { HEADROOM } from './060-headroom.ts';

/** One step of the schema. Steps only go forward, and are never changed once released. */
export interface Migration {
  /** Its mark in `user_version`. By tens, so that a hot-fix can slip in between. */
  readonly version: number;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  RUN_TABLES,
  EVENT_TABLES,
  VIEWS,
  SCRIPT_ANSWERS,
  EXTRAS,
  HEADROOM,
];

export const LATEST_VERSION = Math.max(...MIGRATIONS.map((migration) => migration.version));

/**
 * Runs the steps a database lacks, all or none. Two processes may ask at once.
 * @param to stop at this version: to know what an older lab's file looks like
 */
export function migrate(db: WritableDatabase, to = LATEST_VERSION): void {
  if (schemaVersion(db) === to) return;
  db.transaction(() => {
    const from = schemaVersion(db);
    for (const { version, sql } of MIGRATIONS) {
      if (version > from && version <= to) db.exec(sql);
    }
    db.pragma(`user_version = ${Math.max(from, to)}`);
  }).immediate();
}

function schemaVersion(db: WritableDatabase): number {
  return Number(db.pragma('user_version', { simple: true }));
}
