import type { EventBatch } from '#engine/event/event-batch.ts';
import type { WritableDatabase } from './database.ts';

/** Rows of one INSERT: as fast as it gets with better-sqlite3, more gain nothing. */
const ROWS_PER_INSERT = 64;

/** Bound for each row, in the order of the table's columns; the run's number stands in the SQL. */
const BOUND_COLUMNS = 10;

type InsertRows = { run(parameters: readonly number[]): unknown };

/** Writes one run's events as rows of `event`. Belongs into a transaction. */
export class EventRowWriter {
  readonly #many: InsertRows;
  readonly #one: InsertRows;
  readonly #manyValues = new Array<number>(ROWS_PER_INSERT * BOUND_COLUMNS).fill(0);
  readonly #oneValues = new Array<number>(BOUND_COLUMNS).fill(0);

  constructor(db: WritableDatabase, rid: number) {
    const prepare = (rows: number): InsertRows =>
      db.prepare(
        `INSERT INTO event (rid, seq, t, dur, op, arm, socket, address, port, code, value)
         VALUES ${new Array<string>(rows).fill(`(${rid}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).join(', ')}`,
      );
    this.#many = prepare(ROWS_PER_INSERT);
    this.#one = prepare(1);
  }

  /** @param firstSeq number of the batch's first row in the run, from 0 */
  write(batch: EventBatch, firstSeq: number): void {
    let row = 0;
    for (; row + ROWS_PER_INSERT <= batch.length; row += ROWS_PER_INSERT) {
      fillValues(this.#manyValues, batch, row, ROWS_PER_INSERT, firstSeq);
      this.#many.run(this.#manyValues);
    }
    for (; row < batch.length; row++) {
      fillValues(this.#oneValues, batch, row, 1, firstSeq);
      this.#one.run(this.#oneValues);
    }
  }
}

function fillValues(
  values: number[],
  batch: EventBatch,
  from: number,
  rows: number,
  firstSeq: number,
): void {
  let at = 0;
  for (let row = from; row < from + rows; row++) {
    values[at++] = firstSeq + row;
    values[at++] = batch.t[row]!;
    values[at++] = batch.dur[row]!;
    values[at++] = batch.op[row]!;
    values[at++] = batch.arm[row]!;
    values[at++] = batch.socket[row]!;
    values[at++] = batch.address[row]!;
    values[at++] = batch.port[row]!;
    values[at++] = batch.code[row]!;
    values[at++] = batch.value[row]!;
  }
}
