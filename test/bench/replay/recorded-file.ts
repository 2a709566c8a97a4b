import { statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { Replay } from '#engine/replay/replay.ts';
import { exportRun } from '#data/run-bundle.ts';
import { RunLibrary } from '#data/run-library.ts';
import { RunWriter } from '#data/run-writer.ts';
import { ADDRESSES, sampleDocument } from '#test/data/sample-run.ts';

const ID = 'bench';
/** As the recorder commits under load. */
const GROUP = 8;

/** Writes a run as the recorder does, rows and chunks. */
export function writeLibrary(file: string, batches: Iterable<EventBatch>): void {
  const writer = new RunWriter(file, sampleDocument(ID));
  let group: EventBatch[] = [];
  writer.append([], ADDRESSES.slice(1));
  for (const batch of batches) {
    group.push(batch);
    if (group.length < GROUP) continue;
    writer.append(group, []);
    group = [];
  }
  writer.append(group, []);
  writer.seal(sampleDocument(ID, 'complete'));
}

/** From the file to a replay of which any instant can be had. @returns ms */
export function openReplay(file: string): { ms: number; rows: number } {
  const began = performance.now();
  const library = new RunLibrary(file);
  const replay = new Replay(() => false);
  for (const batch of library.events(ID)) replay.append(batch);
  replay.seek(replay.rows - 1);
  const ms = performance.now() - began;
  library.close();
  return { ms, rows: replay.rows };
}

/** What opening can't do without: the chunks read and inflated, and no more. @returns ms */
export function readChunks(file: string, rows: number): number {
  const began = performance.now();
  const library = new RunLibrary(file);
  for (let row = 0; row < rows;) {
    const chunk = library.chunk(ID, row);
    if (chunk === undefined) break;
    inflateRawSync(chunk.body);
    row += chunk.rows;
  }
  library.close();
  return performance.now() - began;
}

/** @returns bytes of the run as a `.labrun` */
export function bytesOfBundle(folder: string, file: string): number {
  const bundle = join(folder, 'run.labrun');
  const library = new RunLibrary(file);
  try {
    exportRun(library, ID, bundle);
  } finally {
    library.close();
  }
  return statSync(bundle).size;
}
