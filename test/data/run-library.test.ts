import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RunLibrary } from '#data/run-library.ts';
import { RunWriter } from '#data/run-writer.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { asOrdinaryUser, canBecomeOrdinary } from './ordinary-user.ts';
import {
  bindRows,
  collectBatches,
  emitBinds,
  sampleDocument,
  temporaryFolder,
} from './sample-run.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let library: RunLibrary;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'lab.db');
  library = new RunLibrary(file);
});
afterEach(() => {
  library.close();
  folder.remove();
});

const SOCKETS = 300;

/** Records a run in this thread: 1,200 rows in three chunks. */
function write(id: string, startedAt = '2026-11-22T10:11:12.345Z'): RunWriter {
  const { sink, batches } = collectBatches(500);
  emitBinds(sink, SOCKETS);
  const writer = new RunWriter(file, dated(id, startedAt));
  writer.append(batches, ['10.0.0.1']);
  return writer;
}

function dated(
  id: string,
  startedAt: string,
  status: 'running' | 'complete' = 'running',
): RunDocument {
  const document = sampleDocument(id, status);
  return { ...document, run: { ...document.run, startedAt } };
}

function record(id: string, startedAt = '2026-11-22T10:11:12.345Z'): void {
  write(id, startedAt).seal(dated(id, startedAt, 'complete'));
}

/** Changes the file behind the library's back. */
function tamper(sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

function usage(ask: () => unknown): string {
  try {
    ask();
  } catch (error) {
    if (error instanceof LabError && error.kind === 'usage')
      return `${error.message} | ${error.hint}`;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a run is found', () => {
  beforeEach(() => {
    record('20260101-000000-aaaa', '2026-01-01T00:00:00Z');
    record('20260301-000000-cccc', '2026-03-01T00:00:00Z');
    record('20260201-000000-bbbb', '2026-02-01T00:00:00Z');
  });

  test('in the list, newest first', () => {
    expect(library.list().map(({ id }) => id.slice(-4))).toEqual(['cccc', 'bbbb', 'aaaa']);
  });

  test.each([
    ['20260201-000000-bbbb', 'bbbb'],
    ['202602', 'bbbb'],
    ['last', 'cccc'],
  ])('as %s', (asked, found) => {
    expect(library.get(asked).run.id.slice(-4)).toBe(found);
  });

  test('by its own id even where that begins another’s', () => {
    record('2026', '2026-01-01T00:00:00Z');
    expect(library.get('2026').run.id).toBe('2026');
  });

  test('only if one alone is meant', () => {
    expect(usage(() => library.get('2026'))).toMatch(
      /^several runs begin with 2026, .*cccc and .*bbbb .*runs list/,
    );
  });

  test.each(['2027', '', '%', "'; DROP TABLE run; --"])('not as %j', (asked) => {
    expect(usage(() => library.get(asked))).toMatch(/^no run .*portlab runs list/);
    expect(usage(() => library.events(asked))).toMatch(/^no run/);
    expect(usage(() => library.delete(asked))).toMatch(/^no run/);
    expect(library.list()).toHaveLength(3);
  });
});

test('there is no last run in an empty or missing database', () => {
  expect(usage(() => library.get('last'))).toMatch(/^no run is recorded yet/);
  expect(existsSync(file)).toBe(false);
});

test('a deleted run takes all of its own with it, and nothing of another’s', () => {
  record('keep');
  record('drop');
  expect(library.delete('dr')).toBe('drop');
  expect(library.list().map(({ id }) => id)).toEqual(['keep']);
  expect(library.verify('keep').ok).toBe(true);
  const db = new Database(file, { readonly: true });
  for (const table of ['run_tag', 'run_address', 'event', 'event_chunk']) {
    expect(db.prepare(`SELECT DISTINCT rid FROM ${table}`).pluck().all()).toEqual([1]);
  }
  db.close();
});

test('a deleted run’s number is not used again', () => {
  record('a');
  library.delete('a');
  record('b');
  const db = new Database(file, { readonly: true });
  expect(db.prepare('SELECT rid FROM run').pluck().get()).toBe(2);
  db.close();
});

describe('a run whose recorder is gone', () => {
  /** What a killed process leaves: status 'running', and no lock. */
  function leaveBehind(): void {
    record('gone');
    tamper("UPDATE run SET status = 'running'");
    writeFileSync(`${file}-run-1`, '');
  }

  test('is interrupted, which is written down and tidied up', () => {
    leaveBehind();
    expect(library.list()[0]?.status).toBe('interrupted');
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT status FROM run').pluck().get()).toBe('interrupted');
    db.close();
    expect(readdirSync(folder.path).filter((name) => name.includes('-run-'))).toEqual([]);
  });

  test.skipIf(!canBecomeOrdinary)(
    'is shown as interrupted, too, where nothing can be written',
    () => {
      leaveBehind();
      // A reader that stays makes the log stay, as a kill would.
      const holder = new Database(file);
      holder.prepare('SELECT count(*) FROM run').get();
      for (const name of readdirSync(folder.path)) chmodSync(join(folder.path, name), 0o444);
      chmodSync(folder.path, 0o555);
      asOrdinaryUser(folder.path, () => {
        const reader = new RunLibrary(file);
        expect(reader.list()[0]?.status).toBe('interrupted');
        expect(reader.get('last').verdict).toMatch(/^Interrupted/);
        reader.close();
      });
      expect(existsSync(`${file}-run-1`)).toBe(true);
      expect(holder.prepare('SELECT status FROM run').pluck().get()).toBe('running');
      holder.close();
    },
  );
});

test('a run being recorded is running, and can’t be deleted', () => {
  const writer = write('live');
  expect(library.get('live').run).toMatchObject({
    status: 'running',
    eventCount: bindRows(SOCKETS),
  });
  expect(() => library.delete('live')).toThrow(/run live is still being recorded/);
  writer.abandon();
  expect(library.get('live').run.status).toBe('interrupted');
});

describe('verify', () => {
  test.each([
    [
      'a changed row',
      'UPDATE event SET port = 1 WHERE seq = 700',
      /^event 700: port is 1 in its row, 0 in its chunk/,
    ],
    ['a missing row', 'DELETE FROM event WHERE seq = 1199', /^event 1199 has no row/],
    [
      'a row too many',
      'INSERT INTO event SELECT rid, 1200, t, dur, op, arm, socket, address, port, code, value FROM event WHERE seq = 5',
      /^event rows from 1200 on/,
    ],
    [
      'a missing chunk',
      'DELETE FROM event_chunk WHERE first_seq = 500',
      /^the chunk of events from 500 on is missing/,
    ],
    [
      'a missing last chunk',
      'DELETE FROM event_chunk WHERE first_seq = 1000',
      /^1000 event rows where the run says 1200/,
    ],
    [
      'a changed chunk',
      'UPDATE event_chunk SET body = zeroblob(length(body)) WHERE first_seq = 500',
      /^the chunk of events 500 to 999: checksum/,
    ],
    [
      'an unknown format',
      'UPDATE event_chunk SET codec = 9 WHERE first_seq = 0',
      /^the chunk of events 0 to 499: a newer lab recorded it/,
    ],
    [
      'a wrong time',
      'UPDATE event_chunk SET last_t = 1 WHERE first_seq = 0',
      /has other times than it says/,
    ],
    ['a wrong count', 'UPDATE run SET event_count = 7', /^1200 calls where the run says 7/],
  ])('finds %s', (_name, sql, problem) => {
    record('a');
    expect(library.verify('a')).toEqual({ id: 'a', ok: true, problem: null });
    tamper(sql);
    const verification = library.verify('a');
    expect(verification.ok).toBe(false);
    expect(verification.problem).toMatch(problem);
  });
});

test.each([
  [
    'UPDATE event_chunk SET body = zeroblob(20) WHERE first_seq = 500',
    /run a: the events from 500 on can't be read: checksum/,
  ],
  [
    'DELETE FROM event_chunk WHERE first_seq = 500',
    /run a: the events from 500 on can't be read: missing/,
  ],
])('events are given up to a damaged chunk: %s', (sql, problem) => {
  record('a');
  tamper(sql);
  let rows = 0;
  expect(() => {
    for (const batch of library.events('a')) rows += batch.length;
  }).toThrow(problem);
  expect(rows).toBe(500);
});
