import type { Migration } from './index.ts';

/**
 * Headroom over time, as `portlab watch` notes it: a sample is one look at a host, with a row for each
 * of its pools. Belongs to no run, and goes into no `.labrun`. Figures nobody could tell are NULL.
 */
export const HEADROOM: Migration = {
  version: 60,
  sql: `
CREATE TABLE headroom_sample (
  sid INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  hostname TEXT NOT NULL,
  basis TEXT NOT NULL,
  profile TEXT,
  top_pid INTEGER,
  top_name TEXT,
  top_ports INTEGER,
  top_protocol TEXT,
  top_family TEXT
) STRICT;

CREATE INDEX headroom_sample_by_time ON headroom_sample (at);

CREATE TABLE headroom_pool (
  sid INTEGER NOT NULL REFERENCES headroom_sample ON DELETE CASCADE,
  protocol TEXT NOT NULL,
  family TEXT NOT NULL,
  total INTEGER,
  used INTEGER,
  free_on_all INTEGER,
  time_wait INTEGER NOT NULL,
  PRIMARY KEY (sid, protocol, family)
) STRICT, WITHOUT ROWID;

CREATE VIEW headroom AS
SELECT
  at, hostname, basis, profile, protocol, family, total, used, free_on_all, time_wait,
  top_name, top_pid, top_ports
FROM headroom_pool JOIN headroom_sample USING (sid);
`,
};
