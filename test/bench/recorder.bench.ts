import { join } from 'node:path';
import { createRecorder } from '#data/recorder.ts';
import { openForWriting } from '#data/database.ts';
import type { WritableDatabase } from '#data/database.ts';
import { BATCH_ROWS, EventBatch } from '#engine/event/event-batch.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import { OP } from '#engine/event/op.ts';
import type { Op } from '#engine/event/op.ts';
import {
  collectBatches,
  emitBinds,
  sampleDocument,
  temporaryFolder,
} from '#test/data/sample-run.ts';
import { compare, median } from './result.ts';
import type { BenchResult } from './result.ts';

const ROUNDS = 7;
/** 152 full batches: 622,592 rows, long enough for the writer's fresh thread to warm up. */
const ROWS = 152 * BATCH_ROWS;
const ROWS_PER_INSERT = 64;
/** As the recorder commits under load. */
const ROWS_PER_TRANSACTION = 8 * BATCH_ROWS;
/** A measuring slice: the full batches the recorder hands over at once; then the event loop turns. */
const ROWS_PER_SLICE = 4 * BATCH_ROWS;

/**
 * Two questions: how many rows a second become durable (rows and chunks, through the worker) against
 * raw multi-row inserts of the same rows alone; and what `emit` costs the measuring thread, against
 * the same stores into plain arrays of the same kind.
 */
export async function bench(): Promise<BenchResult[]> {
  const { sink, batches } = collectBatches(BATCH_ROWS);
  emitBinds(sink, ROWS / 4);
  const oneBatch = new EventBatch();
  // Once unmeasured, so that the compiler is done with both.
  await nsPerEmit();
  nsPerStore(oneBatch);
  const throughput = [];
  const emitting = [];
  for (let round = 0; round < ROUNDS; round++) {
    throughput.push({
      ours: await recordedPerSecond(batches),
      yardstick: insertedPerSecond(batches),
    });
    emitting.push({ ours: await nsPerEmit(), yardstick: nsPerStore(oneBatch) });
  }
  return [
    compare('recorder: durable rows + chunks, against raw inserts of rows', 'rows/s', throughput),
    compare('recorder: emit on the measuring thread, against array stores', 'ns/event', emitting),
  ];
}

async function recordedPerSecond(batches: readonly EventBatch[]): Promise<number> {
  const folder = temporaryFolder();
  try {
    const document = sampleDocument('bench');
    const recorder = await createRecorder({ file: join(folder.path, 'ours.db'), document });
    const from = performance.now();
    for (const batch of batches) replay(recorder.sink, batch);
    await recorder.drain();
    const seconds = (performance.now() - from) / 1_000;
    await recorder.abort();
    return ROWS / seconds;
  } finally {
    folder.remove();
  }
}

function insertedPerSecond(batches: readonly EventBatch[]): number {
  const folder = temporaryFolder();
  const db = openForWriting(join(folder.path, 'raw.db'));
  try {
    const from = performance.now();
    insertAll(db, batches);
    return ROWS / ((performance.now() - from) / 1_000);
  } finally {
    db.close();
    folder.remove();
  }
}

function insertAll(db: WritableDatabase, batches: readonly EventBatch[]): void {
  const columns = 11;
  const row = `(${new Array<string>(columns).fill('?').join(', ')})`;
  const insert = db.prepare(
    `INSERT INTO event (rid, seq, t, dur, op, arm, socket, address, port, code, value)
     VALUES ${new Array<string>(ROWS_PER_INSERT).fill(row).join(', ')}`,
  );
  const values = new Array<number>(ROWS_PER_INSERT * columns).fill(0);
  let seq = 0;
  let at = 0;
  db.exec('BEGIN IMMEDIATE');
  for (const { length, t, dur, op, arm, socket, address, port, code, value } of batches) {
    for (let i = 0; i < length; i++) {
      values[at++] = 1;
      values[at++] = seq++;
      values[at++] = t[i]!;
      values[at++] = dur[i]!;
      values[at++] = op[i]!;
      values[at++] = arm[i]!;
      values[at++] = socket[i]!;
      values[at++] = address[i]!;
      values[at++] = port[i]!;
      values[at++] = code[i]!;
      values[at++] = value[i]!;
      if (at === values.length) {
        insert.run(values);
        at = 0;
      }
    }
    if (seq % ROWS_PER_TRANSACTION === 0) db.exec('COMMIT; BEGIN IMMEDIATE');
  }
  db.exec('COMMIT');
}

/**
 * Only the slices are timed, and their median counts: a slice the system took the core away from
 * says nothing of `emit`. The writer works meanwhile, on the other core where there is one.
 */
async function nsPerEmit(): Promise<number> {
  const folder = temporaryFolder();
  try {
    const document = sampleDocument('bench');
    const recorder = await createRecorder({ file: join(folder.path, 'emit.db'), document });
    const slices: number[] = [];
    for (let first = 0; first < ROWS; first += ROWS_PER_SLICE) {
      const from = performance.now();
      emitSlice(recorder.sink, first);
      slices.push(performance.now() - from);
      await recorder.drain();
    }
    await recorder.abort();
    return (median(slices) * 1e6) / ROWS_PER_SLICE;
  } finally {
    folder.remove();
  }
}

function emitSlice(sink: EventSink, first: number): void {
  for (let i = first; i < first + ROWS_PER_SLICE; i++) {
    sink.emit(OP.bind, i * 75_000, 8_000 + (i & 127), i, i & 3, i & 1_023, 0, 0);
  }
}

function nsPerStore(batch: EventBatch): number {
  const slices: number[] = [];
  for (let first = 0; first < ROWS; first += ROWS_PER_SLICE) {
    const from = performance.now();
    storeSlice(batch, first);
    slices.push(performance.now() - from);
  }
  return (median(slices) * 1e6) / ROWS_PER_SLICE;
}

/** What a sink can't do without: nine stores, here into one batch over and over. */
function storeSlice(batch: EventBatch, first: number): void {
  const { t, dur, op, arm, socket, address, port, code, value } = batch;
  for (let i = first; i < first + ROWS_PER_SLICE; i++) {
    const row = i & (BATCH_ROWS - 1);
    t[row] = i * 75_000;
    dur[row] = 8_000 + (i & 127);
    socket[row] = i;
    value[row] = 0;
    address[row] = i & 3;
    port[row] = i & 1_023;
    code[row] = 0;
    op[row] = OP.bind;
    arm[row] = 1;
  }
}

/** Emits events again that were collected before. */
function replay(sink: EventSink, batch: EventBatch): void {
  const { length, t, dur, op, socket, address, port, code, value } = batch;
  for (let i = 0; i < length; i++) {
    sink.emit(op[i]! as Op, t[i]!, dur[i]!, socket[i]!, address[i]!, port[i]!, code[i]!, value[i]!);
  }
}
