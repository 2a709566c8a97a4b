import type { Migration } from './index.ts';

/**
 * The events twice: as rows for people's SQL, and packed in chunks for the machine (event-chunk.ts).
 * A foreign key on `event` would cost a lookup for every row written; the trigger does its work
 * when a run is deleted. The small tables give the numbers their names (lookup-tables.ts).
 */
export const EVENT_TABLES: Migration = {
  version: 20,
  sql: `
CREATE TABLE event (
  rid INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  t INTEGER NOT NULL,
  dur INTEGER NOT NULL,
  op INTEGER NOT NULL,
  arm INTEGER NOT NULL,
  socket INTEGER NOT NULL,
  address INTEGER NOT NULL,
  port INTEGER NOT NULL,
  code INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (rid, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_chunk (
  rid INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  first_t INTEGER NOT NULL,
  last_t INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (rid, first_seq)
) STRICT;

CREATE TRIGGER run_takes_its_events AFTER DELETE ON run BEGIN
  DELETE FROM event WHERE rid = old.rid;
  DELETE FROM event_chunk WHERE rid = old.rid;
END;

CREATE TABLE op_name (op INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE error_name (code INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE option_name (tag INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE mark_name (value INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
`,
};
