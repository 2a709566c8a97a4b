import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RecordingView } from '#engine/api/views.ts';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { importRun } from '#data/run-import.ts';
import { RunLibrary } from '#data/run-library.ts';
import { recordingOf } from '#main/service/library/recording.ts';
import type { EventRow } from '#renderer/events/event-row.ts';
import { temporaryFolder } from '#test/data/sample-run.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/format-1');

/** A recording an older lab made, taken into a library. */
export interface RecordedFixture {
  readonly recording: RecordingView;
  /** Out of the packed chunks, as screens get them. */
  readonly batches: readonly EventBatch[];
  /** Out of the table for people: written beside the chunks, and never read by the lab. */
  readonly rows: readonly EventRow[];
}

/** @param name of a `.labrun`, without its ending */
export function recordedFixture(name: string): RecordedFixture {
  const folder = temporaryFolder();
  try {
    const file = join(folder.path, 'lab.db');
    const { id } = importRun(file, join(FIXTURES, `${name}.labrun`));
    const library = new RunLibrary(file);
    const recording = recordingOf(library, id);
    const batches = [...library.events(id)];
    library.close();
    return { recording, batches, rows: rowsOf(file) };
  } finally {
    folder.remove();
  }
}

function rowsOf(file: string): EventRow[] {
  const db = new Database(file, { readonly: true });
  const rows = db
    .prepare<[], EventRow>(
      'SELECT seq, t, dur, op, arm, socket, address, port, code, value FROM event ORDER BY seq',
    )
    .all();
  db.close();
  return rows;
}
