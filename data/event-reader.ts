import type { EventBatch } from '#engine/event/event-batch.ts';
import { formatProblem } from '#engine/event/event-formats.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { ReadableDatabase } from './database.ts';
import { chunkProblem, unpackChunk } from './event-chunk.ts';
import type { PackedChunk } from './event-chunk.ts';
import type { RunRow } from './run-row.ts';
import { UPDATE_HINT } from './sqlite-error.ts';

export interface ChunkRow extends PackedChunk {
  readonly first_seq: number;
  readonly row_count: number;
  readonly first_t: number;
  readonly last_t: number;
}

/** One query a chunk, so that a slow consumer never holds a read transaction open. */
export function* readChunkRows(db: ReadableDatabase, rid: number): Generator<ChunkRow> {
  const next = db.prepare<[number, number], ChunkRow>(
    `SELECT first_seq, row_count, first_t, last_t, codec, crc, body FROM event_chunk
     WHERE rid = ? AND first_seq >= ? ORDER BY first_seq LIMIT 1`,
  );
  let seq = 0;
  for (let chunk = next.get(rid, seq); chunk !== undefined; chunk = next.get(rid, seq)) {
    yield chunk;
    seq = chunk.first_seq + 1;
  }
}

/**
 * @throws LabError 'failed' at a chunk that is missing or can't be read, 'usage' where a newer lab recorded
 * the run
 */
export function* readChunks(db: ReadableDatabase, run: RunRow): Generator<EventBatch> {
  assertReadable(run);
  let seq = 0;
  for (const chunk of readChunkRows(db, run.rid)) {
    const decoded = unpackChunk(chunk);
    if (!decoded.ok) throw damagedChunk(run.id, chunk.first_seq, decoded.problem);
    if (chunk.first_seq !== seq) throw damagedChunk(run.id, seq, 'missing');
    seq += decoded.batch.length;
    yield decoded.batch;
  }
}

/** The chunk that holds a row, as it is stored; undefined past the last one. */
export function readChunkAt(
  db: ReadableDatabase,
  run: RunRow,
  seq: number,
): Omit<ChunkRow, 'first_t' | 'last_t'> | undefined {
  assertReadable(run);
  const chunk = db
    .prepare<[number, number], ChunkRow>(
      `SELECT first_seq, row_count, codec, crc, body FROM event_chunk
       WHERE rid = ? AND first_seq <= ? ORDER BY first_seq DESC LIMIT 1`,
    )
    .get(run.rid, seq);
  if (chunk === undefined || seq >= chunk.first_seq + chunk.row_count) return undefined;
  const problem = chunkProblem(chunk);
  if (problem !== null) throw damagedChunk(run.id, chunk.first_seq, problem);
  return chunk;
}

/** A later format's rows may mean something else, whatever their bytes look like. */
function assertReadable({ id, version }: RunRow): void {
  const problem = formatProblem(version);
  if (problem !== null) throw new LabError('usage', `run ${id}: ${problem}`, UPDATE_HINT);
}

function damagedChunk(id: string, seq: number, problem: string): LabError {
  return new LabError(
    'failed',
    `run ${id}: the events from ${seq} on can't be read: ${problem}`,
    `portlab runs verify ${id} says what else is damaged`,
  );
}
