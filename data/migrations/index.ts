import type { WritableDatabase } from '../database.ts';
import { RUN_TABLES } from './010-run-tables.ts';
import { EVENT_TABLES } from './020-event-tables.ts';
import { VIEWS } from './030-views.ts';

/** One step of the schema. Steps only go forward, and are never changed once released. */
export interface Migration {
  /** Its mark in `user_version`. By tens, so that a hot-fix can slip in between. */
  readonly version: number;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [RUN_TABLES, EVENT_TABLES, VIEWS];

export const LATEST_VERSION = Math.max(...MIGRATIONS.map((migration) => migration.version));

/** Runs the steps a database lacks, all or none. Two processes may ask at once. */
export function migrate(db: WritableDatabase): void {
  if (schemaVersion(db) === LATEST_VERSION) return;
  db.transaction(() => {
    const from = schemaVersion(db);
    for (const { version, sql } of MIGRATIONS) if (version > from) db.exec(sql);
    db.pragma(`user_version = ${Math.max(from, LATEST_VERSION)}`);
  }).immediate();
}

function schemaVersion(db: WritableDatabase): number {
  return Number(db.pragma('user_version', { simple: true }));
}
