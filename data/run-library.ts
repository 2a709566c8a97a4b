import { resolve } from 'node:path';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { RunDocument, RunHead, RunStatus } from '#engine/run/run-document.ts';
import { openForReading, openForWriting, tidy } from './database.ts';
import type { ReadableDatabase } from './database.ts';
import { readChunkAt, readChunks } from './event-reader.ts';
import { isRunHeld, removeHoldFile } from './run-liveness.ts';
import { toDocument, toHead } from './run-row.ts';
import type { RunRow } from './run-row.ts';
import { verifyRun } from './run-verification.ts';
import type { Verification } from './run-verification.ts';
import { toLabError } from './sqlite-error.ts';

/** How long marking an interrupted run may wait for a recording: it is only a courtesy. */
const SETTLE_TIMEOUT_MS = 200;

const LIST_HINT = 'portlab runs list shows the recorded runs';

/** The same order for `list` and `last`. */
const NEWEST_FIRST = 'ORDER BY started_at DESC, rid DESC';

export interface RunProgress {
  readonly status: RunStatus;
  /** Event rows. */
  readonly rows: number;
  /** Calls these rows stand for. */
  readonly calls: number;
}

/** Up to 4,096 rows as recorded: `body` is deflate-raw of what event-codec.ts encodes. */
export interface StoredChunk {
  /** Number of its first row, from 0. */
  readonly first: number;
  readonly rows: number;
  readonly body: Uint8Array;
}

/**
 * The recorded runs of one database. A run is named by its id, an unambiguous beginning of it, or
 * `last`. A missing file reads as an empty library. Every method throws LabError: 'usage' for an id
 * that names no run or several, and for a file that can't be used (database.ts).
 */
export class RunLibrary {
  readonly #file: string;
  #db: ReadableDatabase | undefined;

  /** Opens nothing yet. */
  constructor(path: string) {
    this.#file = resolve(path);
  }

  /** Newest first. */
  list(): RunHead[] {
    return (
      this.#read((db) =>
        db
          .prepare<[], RunRow>(`SELECT * FROM run ${NEWEST_FIRST}`)
          .all()
          .map((row) => toHead(db, this.#asOfNow(db, row))),
      ) ?? []
    );
  }

  get(id: string): RunDocument {
    return this.#onRun(id, (db, row) => toDocument(db, row));
  }

  /**
   * What the address numbers of a run's events mean: entry 0 is '', as in `SocketStack.addresses`.
   */
  addresses(id: string): string[] {
    return this.#onRun(id, (db, { rid }) => [
      '',
      ...db
        .prepare<[number], { address: string }>(
          'SELECT address FROM run_address WHERE rid = ? ORDER BY idx',
        )
        .all(rid)
        .map(({ address }) => address),
    ]);
  }

  /**
   * A run's events in order, a batch for each recorded chunk. Reads as it is asked for more.
   * @throws LabError 'failed' from the iterator when it comes to a damaged chunk
   */
  events(id: string): Iterable<EventBatch> {
    return this.#onRun(id, (db, row) => readChunks(db, row));
  }

  /** How much of a run is recorded and durable. */
  progress(id: string): RunProgress {
    return this.#onRun(id, (_db, { status, row_count, event_count }) => ({
      status,
      rows: row_count,
      calls: event_count,
    }));
  }

  /**
   * The recorded chunk that holds row `row` (from 0), still packed; undefined past the last.
   * @throws LabError 'failed' where it is damaged
   */
  chunk(id: string, row: number): StoredChunk | undefined {
    const found = this.#onRun(id, (db, run) => readChunkAt(db, run, row));
    return found && { first: found.first_seq, rows: found.row_count, body: found.body };
  }

  /** Whether a run's rows, chunks and counts agree. */
  verify(id: string): Verification {
    return this.#onRun(id, (db, row) => verifyRun(db, row));
  }

  /**
   * Deletes a run with all its events. The file keeps its size; new runs use the room.
   * @returns the id of the deleted run
   * @throws LabError 'refused' while the run is being recorded
   */
  delete(id: string): string {
    const { rid, id: exact } = this.#onRun(id, (_db, row) => row);
    const db = openForWriting(this.#file);
    try {
      db.transaction(() => {
        const status = db
          .prepare<[number], Pick<RunRow, 'status'>>('SELECT status FROM run WHERE rid = ?')
          .get(rid);
        if (status?.status === 'running' && isRunHeld(this.#file, rid)) {
          throw new LabError(
            'refused',
            `run ${exact} is still being recorded`,
            'stop it first, with Ctrl-C where it runs',
          );
        }
        db.prepare('DELETE FROM run WHERE rid = ?').run(rid);
      }).immediate();
      removeHoldFile(this.#file, rid);
      tidy(db);
    } catch (error) {
      throw toLabError(error, this.#file);
    } finally {
      db.close();
    }
    return exact;
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  #onRun<T>(id: string, use: (db: ReadableDatabase, row: RunRow) => T): T {
    const result = this.#read((db) => ({ value: use(db, this.#asOfNow(db, findRun(db, id))) }));
    if (result === undefined) throw unknownRun(id);
    return result.value;
  }

  /** @returns undefined where there is no database yet */
  #read<T>(use: (db: ReadableDatabase) => T): T | undefined {
    this.#db ??= openForReading(this.#file);
    if (this.#db === undefined) return undefined;
    try {
      return use(this.#db);
    } catch (error) {
      throw toLabError(error, this.#file);
    }
  }

  /** A run that says 'running' while nobody records it was interrupted. */
  #asOfNow(db: ReadableDatabase, row: RunRow): RunRow {
    if (row.status !== 'running' || isRunHeld(this.#file, row.rid)) return row;
    // Once more: it may have been sealed between the row and the look at its lock.
    const again = db.prepare<[number], RunRow>('SELECT * FROM run WHERE rid = ?').get(row.rid);
    if (again === undefined) return row;
    if (again.status !== 'running') return again;
    this.#settle(row.rid);
    return { ...again, status: 'interrupted' };
  }

  /** Writes down what was found out, where that can be done at once. */
  #settle(rid: number): void {
    try {
      const db = openForWriting(this.#file, { busyTimeoutMs: SETTLE_TIMEOUT_MS });
      try {
        db.prepare(
          "UPDATE run SET status = 'interrupted' WHERE rid = ? AND status = 'running'",
        ).run(rid);
      } finally {
        db.close();
      }
      removeHoldFile(this.#file, rid);
    } catch {
      // A place to read only, or a busy one: the next reader finds the same.
    }
  }
}

function findRun(db: ReadableDatabase, id: string): RunRow {
  if (id === 'last') {
    const newest = db.prepare<[], RunRow>(`SELECT * FROM run ${NEWEST_FIRST} LIMIT 1`).get();
    if (newest === undefined) throw unknownRun(id);
    return newest;
  }
  const exact = db.prepare<[string], RunRow>('SELECT * FROM run WHERE id = ?').get(id);
  if (exact !== undefined) return exact;
  const begins = db
    .prepare<[string, string], RunRow>(
      `SELECT * FROM run WHERE substr(id, 1, length(?)) = ? ${NEWEST_FIRST} LIMIT 2`,
    )
    .all(id, id);
  const [only, other] = begins;
  if (id === '' || only === undefined) throw unknownRun(id);
  if (other !== undefined) {
    throw new LabError(
      'usage',
      `several runs begin with ${id}, ${only.id} and ${other.id} for two`,
      LIST_HINT,
    );
  }
  return only;
}

function unknownRun(id: string): LabError {
  return new LabError(
    'usage',
    id === 'last' ? 'no run is recorded yet' : `no run ${id || "''"}`,
    LIST_HINT,
  );
}
