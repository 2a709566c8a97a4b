import type { EventBatch } from '#engine/event/event-batch.ts';
import { formatProblem } from '#engine/event/event-formats.ts';
import { callsInRow } from '#engine/event/op.ts';
import type { ReadableDatabase } from './database.ts';
import { unpackChunk } from './event-chunk.ts';
import { readChunkRows } from './event-reader.ts';
import type { RunRow } from './run-row.ts';

export interface Verification {
  readonly id: string;
  readonly ok: boolean;
  /** The first thing found wrong, or null. */
  readonly problem: string | null;
}

const COLUMNS = ['t', 'dur', 'op', 'arm', 'socket', 'address', 'port', 'code', 'value'] as const;
type EventRow = Readonly<Record<'seq' | (typeof COLUMNS)[number], number>>;

/**
 * Checks that a run's two copies of its events are whole and the same, and that its counts are
 * theirs. A run being recorded is checked as far as it is.
 */
export function verifyRun(db: ReadableDatabase, run: RunRow): Verification {
  const problem = findProblem(db, run);
  return { id: run.id, ok: problem === null, problem };
}

function findProblem(db: ReadableDatabase, run: RunRow): string | null {
  const newer = formatProblem(run.version);
  if (newer !== null) return newer;
  const rowsOf = db.prepare<[number, number, number], EventRow>(
    'SELECT * FROM event WHERE rid = ? AND seq >= ? AND seq < ? ORDER BY seq',
  );
  let rows = 0;
  let calls = 0;
  for (const chunk of readChunkRows(db, run.rid)) {
    // Written after the run's row was read: not part of what it says.
    if (run.status === 'running' && rows === run.row_count) break;
    const where = `the chunk of events ${chunk.first_seq} to ${chunk.first_seq + chunk.row_count - 1}`;
    if (chunk.first_seq !== rows) return `the chunk of events from ${rows} on is missing`;
    const decoded = unpackChunk(chunk);
    if (!decoded.ok) return `${where}: ${decoded.problem}`;
    const { batch } = decoded;
    if (batch.length !== chunk.row_count) return `${where} holds ${batch.length} events`;
    if (batch.t[0] !== chunk.first_t || batch.t[batch.length - 1] !== chunk.last_t) {
      return `${where} has other times than it says`;
    }
    const difference = compareRows(batch, rows, rowsOf.all(run.rid, rows, rows + batch.length));
    if (difference !== null) return difference;
    rows += batch.length;
    for (let row = 0; row < batch.length; row++)
      calls += callsInRow(batch.op[row]!, batch.value[row]!);
  }
  if (rows !== run.row_count) return `${rows} event rows where the run says ${run.row_count}`;
  if (calls !== run.event_count) return `${calls} calls where the run says ${run.event_count}`;
  const beyond = rowsOf.all(run.rid, rows, rows + 1).length;
  if (beyond > 0 && run.status !== 'running') return `event rows from ${rows} on are in no chunk`;
  return null;
}

function compareRows(
  batch: EventBatch,
  firstSeq: number,
  rows: readonly EventRow[],
): string | null {
  for (let index = 0; index < batch.length; index++) {
    const row = rows[index];
    const seq = firstSeq + index;
    if (row?.seq !== seq) return `event ${seq} has no row`;
    const column = COLUMNS.find((name) => row[name] !== batch[name][index]);
    if (column !== undefined) {
      return `event ${seq}: ${column} is ${row[column]} in its row, ${batch[column][index]} in its chunk`;
    }
  }
  return null;
}
