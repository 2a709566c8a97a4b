import { renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { BUNDLE_ID } from './bundle-file.ts';
import type { RunLibrary } from './run-library.ts';
import { RunWriter } from './run-writer.ts';
import { toLabError } from './sqlite-error.ts';

/** One run whole: what a `.labrun` file carries. */
export interface WholeRun {
  readonly document: RunDocument;
  /** The run's address table without its empty entry 0. */
  readonly addresses: readonly string[];
  readonly events: Iterable<EventBatch>;
}

/** Batches written in one transaction. */
const GROUP = 8;

/**
 * Writes a run as a `.labrun`: a database of one run, in one file that needs nothing beside it.
 * @throws LabError 'refused' while the run is recorded, 'failed' when the file can't be written
 */
export function exportRun(library: RunLibrary, id: string, path: string): void {
  const document = library.get(id);
  if (document.run.status === 'running') {
    throw new LabError(
      'refused',
      `run ${document.run.id} is still being recorded`,
      'export it when it has ended',
    );
  }
  const file = resolve(path);
  const draft = `${file}.part`;
  const addresses = library.addresses(document.run.id).slice(1);
  removeAll(draft);
  try {
    writeRun(draft, { document, addresses, events: library.events(document.run.id) });
    makeSingleFile(draft);
    renameSync(draft, file);
  } catch (error) {
    removeAll(draft);
    throw toLabError(error, file);
  }
}

/** Records a run again, call by call, into a database: only its values cross over, never its SQL. */
export function writeRun(file: string, { document, addresses, events }: WholeRun): void {
  const { run } = document;
  const writer = new RunWriter(file, { ...document, run: { ...run, status: 'running' } });
  try {
    let group: EventBatch[] = [];
    writer.append([], addresses);
    for (const batch of events) {
      group.push(batch);
      if (group.length < GROUP) continue;
      writer.append(group, []);
      group = [];
    }
    writer.append(group, []);
    writer.seal(document);
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** Its own mark, no log beside it, nothing left over inside. */
function makeSingleFile(file: string): void {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma(`application_id = ${BUNDLE_ID}`);
    db.exec('VACUUM');
  } finally {
    db.close();
  }
}

function removeAll(file: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal'])
    rmSync(`${file}${ending}`, { force: true });
}
