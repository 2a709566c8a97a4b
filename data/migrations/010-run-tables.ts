import type { Migration } from './index.ts';

/**
 * The library of runs. What people ask for stands in columns, the rest as JSON text.
 * `rid` is the run's short name inside this file; AUTOINCREMENT because it also names the lock file
 * of a recording (run-liveness.ts), so a deleted run's number must not come back.
 */
export const RUN_TABLES: Migration = {
  version: 10,
  sql: `
CREATE TABLE run (
  rid INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  experiment TEXT NOT NULL,
  title TEXT,
  stack TEXT NOT NULL,
  ffi TEXT,
  status TEXT NOT NULL,
  started_at TEXT NOT NULL,
  duration_ns INTEGER NOT NULL,
  event_count INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  version INTEGER NOT NULL,
  lab_version TEXT NOT NULL,
  verdict TEXT NOT NULL,
  command TEXT NOT NULL,
  addresses TEXT NOT NULL,
  host TEXT NOT NULL,
  profile TEXT,
  parameters TEXT NOT NULL,
  measures TEXT NOT NULL,
  arms TEXT NOT NULL,
  claims TEXT NOT NULL,
  findings TEXT NOT NULL,
  safety TEXT NOT NULL
) STRICT;

CREATE INDEX run_by_start ON run (started_at);

CREATE TABLE run_tag (
  rid INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  idx INTEGER NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (rid, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_address (
  rid INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  idx INTEGER NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (rid, idx)
) STRICT, WITHOUT ROWID;
`,
};
