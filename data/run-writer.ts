import { resolve } from 'node:path';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { callsInRow } from '#engine/event/op.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { openForWriting, tidy } from './database.ts';
import type { WritableDatabase, WriteOptions } from './database.ts';
import { packChunk } from './event-chunk.ts';
import { EventRowWriter } from './event-rows.ts';
import { holdRun } from './run-liveness.ts';
import type { RunHold } from './run-liveness.ts';
import { insertRun, updateRun } from './run-row.ts';
import type { Progress } from './run-row.ts';
import { sqliteCode, toLabError } from './sqlite-error.ts';

/**
 * The database side of recording one run: who has one is the run's only writer. Blocking; lives in
 * the writer worker. Every method throws LabError; after one that threw, call `abandon`.
 */
export class RunWriter {
  readonly #file: string;
  readonly #db: WritableDatabase;
  readonly #rid: number;
  readonly #hold: RunHold;
  readonly #rows: EventRowWriter;
  #progress: Progress = { rows: 0, calls: 0, durationNs: 0 };
  #addresses = 0;

  /** Puts the run into the library, with status 'running', before its first event. */
  constructor(path: string, document: RunDocument, options: WriteOptions = {}) {
    this.#file = resolve(path);
    this.#db = openForWriting(this.#file, options);
    let hold: RunHold | undefined;
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      this.#rid = insertRun(this.#db, document);
      // Before COMMIT: nobody may see a run that says 'running' and isn't held.
      hold = holdRun(this.#file, this.#rid);
      this.#db.exec('COMMIT');
      this.#hold = hold;
      this.#rows = new EventRowWriter(this.#db, this.#rid);
    } catch (error) {
      this.#db.close();
      hold?.release();
      if (sqliteCode(error) === 'SQLITE_CONSTRAINT_UNIQUE') {
        throw new LabError(
          'failed',
          `run ${document.run.id} exists already`,
          'start the run again',
        );
      }
      throw toLabError(error, this.#file);
    }
  }

  /**
   * Makes batches durable, in one transaction: rows, chunks, and how far the run is.
   * @param addresses entries of the run's address table that are new since the last call, in order
   */
  append(batches: readonly EventBatch[], addresses: readonly string[]): Progress {
    let progress = this.#progress;
    this.#inTransaction(() => {
      this.#writeAddresses(addresses);
      for (const batch of batches) {
        this.#rows.write(batch, progress.rows);
        this.#writeChunk(batch, progress.rows);
        progress = advance(progress, batch);
      }
      this.#db
        .prepare('UPDATE run SET row_count = ?, event_count = ?, duration_ns = ? WHERE rid = ?')
        .run(progress.rows, progress.calls, progress.durationNs, this.#rid);
    });
    this.#progress = progress;
    this.#addresses += addresses.length;
    return progress;
  }

  /**
   * Ends the recording with the run's last word, and closes everything.
   * @returns the document as stored: `eventCount` is what was recorded
   */
  seal(document: RunDocument): RunDocument {
    const final: RunDocument = {
      ...document,
      run: { ...document.run, eventCount: this.#progress.calls },
    };
    this.#inTransaction(() => {
      if (!updateRun(this.#db, this.#rid, final, this.#progress.rows)) {
        throw new LabError(
          'failed',
          `run ${document.run.id} was deleted while it was recorded`,
          'start the run again',
        );
      }
    });
    try {
      tidy(this.#db);
    } catch {
      // The run is safe in the log; the next one tidies up.
    }
    this.#close();
    return final;
  }

  /** Ends the recording without a last word: the run is 'interrupted', with all appended so far. */
  abandon(): void {
    try {
      this.#inTransaction(() => {
        this.#db.prepare("UPDATE run SET status = 'interrupted' WHERE rid = ?").run(this.#rid);
      });
    } catch {
      // Then whoever reads it next finds the lock free and says the same.
    }
    this.#close();
  }

  #close(): void {
    this.#db.close();
    this.#hold.release();
  }

  #inTransaction(work: () => void): void {
    try {
      this.#db.transaction(work).immediate();
    } catch (error) {
      throw toLabError(error, this.#file);
    }
  }

  #writeAddresses(addresses: readonly string[]): void {
    if (addresses.length === 0) return;
    const insert = this.#db.prepare('INSERT INTO run_address (rid, idx, address) VALUES (?, ?, ?)');
    addresses.forEach((address, index) =>
      insert.run(this.#rid, this.#addresses + index + 1, address),
    );
  }

  #writeChunk(batch: EventBatch, firstSeq: number): void {
    const { codec, crc, body } = packChunk(batch);
    this.#db
      .prepare(
        `INSERT INTO event_chunk (rid, first_seq, row_count, first_t, last_t, codec, crc, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        this.#rid,
        firstSeq,
        batch.length,
        batch.t[0]!,
        batch.t[batch.length - 1]!,
        codec,
        crc,
        body,
      );
  }
}

function advance(progress: Progress, batch: EventBatch): Progress {
  let { calls, durationNs } = progress;
  for (let row = 0; row < batch.length; row++) {
    calls += callsInRow(batch.op[row]!, batch.value[row]!);
    durationNs = Math.max(durationNs, batch.t[row]! + batch.dur[row]!);
  }
  return { rows: progress.rows + batch.length, calls, durationNs };
}
