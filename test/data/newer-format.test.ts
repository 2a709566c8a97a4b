import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportRun } from '#data/run-bundle.ts';
import { importRun } from '#data/run-import.ts';
import { RunLibrary } from '#data/run-library.ts';
import { RunWriter } from '#data/run-writer.ts';
import { FORMAT_VERSION } from '#engine/event/event-codec.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { collectBatches, emitBinds, sampleDocument, temporaryFolder } from './sample-run.ts';

const NEWER = FORMAT_VERSION + 1;

let folder: ReturnType<typeof temporaryFolder>;
let lab: string;
let library: RunLibrary;
beforeEach(() => {
  folder = temporaryFolder();
  lab = join(folder.path, 'lab.db');
  library = new RunLibrary(lab);
  const { sink, batches } = collectBatches(100);
  emitBinds(sink, 50);
  const writer = new RunWriter(lab, sampleDocument('newer'));
  writer.append(batches, ['10.0.0.1']);
  writer.seal(sampleDocument('newer', 'complete'));
});
afterEach(() => {
  library.close();
  folder.remove();
});

function change(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

function thrown(ask: () => unknown): LabError {
  try {
    ask();
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a run whose events a newer lab recorded', () => {
  const says = `a newer lab recorded it (event format ${NEWER}, this lab knows ${FORMAT_VERSION})`;

  test('is not read as something else: its events are refused, and what to do is said', () => {
    change(lab, `UPDATE run SET version = ${NEWER}`);
    for (const ask of [() => [...library.events('newer')], () => library.chunk('newer', 0)]) {
      const { kind, message, hint } = thrown(ask);
      expect({ kind, message, hint }).toEqual({
        kind: 'usage',
        message: `run newer: ${says}`,
        hint: 'update portlab',
      });
    }
    expect(library.verify('newer')).toEqual({ id: 'newer', ok: false, problem: says });
    // What its document says is no matter of events.
    expect(library.get('newer').run.version).toBe(NEWER);
    expect(library.list()).toHaveLength(1);
  });

  test('is not imported, and nothing of it gets in', () => {
    const bundle = join(folder.path, 'newer.labrun');
    exportRun(library, 'newer', bundle);
    change(bundle, `UPDATE run SET version = ${NEWER}`);
    const elsewhere = join(folder.path, 'elsewhere.db');
    const { kind, message, hint } = thrown(() => importRun(elsewhere, bundle));
    expect({ kind, message, hint }).toEqual({
      kind: 'usage',
      message: `${bundle}: ${says}`,
      hint: 'update portlab',
    });
    expect(new RunLibrary(elsewhere).list()).toEqual([]);
  });

  test('is told from a damaged one where only a chunk says so', () => {
    change(lab, `UPDATE event_chunk SET codec = ${NEWER} WHERE first_seq = 100`);
    const { kind, message } = thrown(() => [...library.events('newer')]);
    expect(kind).toBe('failed');
    expect(message).toContain(says);
    expect(library.verify('newer').problem).toContain(says);
  });
});

test('a file with newer tables is refused whole, as one to update for', () => {
  const bundle = join(folder.path, 'newer.labrun');
  exportRun(library, 'newer', bundle);
  change(bundle, 'PRAGMA user_version = 9999');
  const { message, hint } = thrown(() => importRun(join(folder.path, 'elsewhere.db'), bundle));
  expect(message).toMatch(/a newer lab wrote it \(tables of version 9999, this lab knows \d+\)$/);
  expect(hint).toBe('update portlab');
  library.close();
  const other = join(folder.path, 'other.db');
  const db = new Database(lab);
  db.exec(`VACUUM INTO '${other}'`);
  db.close();
  change(other, 'PRAGMA user_version = 9999');
  expect(thrown(() => new RunLibrary(other).list()).message).toContain('newer portlab');
});
