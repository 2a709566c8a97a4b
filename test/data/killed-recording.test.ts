import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RunLibrary } from '#data/run-library.ts';
import { temporaryFolder } from './sample-run.ts';

const CHILD = join(import.meta.dirname, 'recording-child.ts');
/** `npm run test:deep` sets this. */
const KILLS = process.env['PORTLAB_DEEP'] === undefined ? 12 : 200;

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'lab.db');
});
afterEach(() => folder.remove());

interface Recording {
  readonly child: ChildProcess;
  /** Rows the child has said are durable; -1 before its run is in the library. */
  durable(): number;
  readonly ended: Promise<void>;
}

function record(id: string, until?: number): Recording {
  const args = [CHILD, file, id, ...(until === undefined ? [] : [String(until)])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { child, durable: () => Number(said.trim().split('\n').at(-1) || '-1'), ended };
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 20_000 && !condition(); waited += 5) await sleep(5);
  expect(condition()).toBe(true);
}

function integrity(): unknown {
  const db = new Database(file);
  try {
    return db.pragma('integrity_check', { simple: true });
  } finally {
    db.close();
  }
}

describe('a recording that is killed', () => {
  test(`at any moment leaves a whole database and an interrupted run (${KILLS} kills)`, async () => {
    let began = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const id = `run-${kill}`;
      const recording = record(id);
      // The first few at the start, where the database is made; the others anywhere after it.
      if (kill % 4 === 0) await sleep(60 + 40 * Math.random());
      else {
        await until(() => recording.durable() >= 0);
        await sleep(250 * Math.random());
      }
      recording.child.kill('SIGKILL');
      await recording.ended;
      const durable = recording.durable();

      const library = new RunLibrary(file);
      const run = library.list().find((head) => head.id === id);
      if (durable >= 0) expect(run).toBeDefined();
      if (run !== undefined) {
        began++;
        expect(run.status).toBe('interrupted');
        expect(run.eventCount).toBeGreaterThanOrEqual(durable);
        expect(library.verify(id)).toEqual({ id, ok: true, problem: null });
        const document = library.get(id);
        expect(document.run.durationNs > 0).toBe(run.eventCount > 0);
        expect(document.verdict).toMatch(/^Interrupted:/);
      }
      library.close();
      if (existsSync(file)) expect(integrity()).toBe('ok');
    }
    expect(began).toBeGreaterThanOrEqual(KILLS / 2);
    expect(readdirSync(folder.path).filter((name) => name.includes('-run-'))).toEqual([]);

    const next = record('next', 5_000);
    await next.ended;
    const library = new RunLibrary(file);
    expect(library.get('next').run.status).toBe('complete');
    expect(library.verify('next').ok).toBe(true);
    library.close();
  }, 600_000);

  test('shows as running until then', async () => {
    const recording = record('live');
    await until(() => recording.durable() > 0);
    const library = new RunLibrary(file);
    expect(library.get('live').run.status).toBe('running');
    expect(library.verify('live').ok).toBe(true);
    expect(() => library.delete('live')).toThrow(/still being recorded/);
    recording.child.kill('SIGKILL');
    await recording.ended;
    expect(library.get('live').run.status).toBe('interrupted');
    expect(library.delete('live')).toBe('live');
    expect(library.list()).toEqual([]);
    library.close();
  });
});

test('a writer killed halfway through a change leaves what was there before, for readers too', async () => {
  const whole = record('whole', 5_000);
  await whole.ended;
  // With a rollback journal, as the file is while it is made; more changes than the cache holds.
  const script = `
    const db = new (require('better-sqlite3'))(process.argv[1]);
    db.pragma('journal_mode = DELETE');
    db.pragma('cache_size = 5');
    db.exec('BEGIN IMMEDIATE; DELETE FROM event; DELETE FROM event_chunk; DELETE FROM run');
    process.kill(process.pid, 'SIGKILL');
  `;
  const child = spawn(process.execPath, ['-e', script, file], { stdio: 'inherit' });
  await new Promise((resolve) => child.once('close', resolve));
  expect(existsSync(`${file}-journal`)).toBe(true);
  const library = new RunLibrary(file);
  expect(library.list().map(({ id }) => id)).toEqual(['whole']);
  expect(library.verify('whole').ok).toBe(true);
  library.close();
  expect(integrity()).toBe('ok');
});

test('two processes record into one new database at once', async () => {
  const recordings = [record('one', 60_000), record('two', 60_000)];
  await Promise.all(recordings.map(({ ended }) => ended));
  const library = new RunLibrary(file);
  for (const id of ['one', 'two']) {
    expect(library.get(id).run).toMatchObject({ status: 'complete', eventCount: 61_600 });
    expect(library.verify(id)).toEqual({ id, ok: true, problem: null });
  }
  library.close();
  expect(integrity()).toBe('ok');
});
