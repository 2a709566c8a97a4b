import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRecorder } from '#data/recorder.ts';
import type { Recorder } from '#data/recorder.ts';
import { RunLibrary } from '#data/run-library.ts';
import { BATCH_ROWS } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { LabError } from '#engine/model/lab-error.ts';
import {
  ADDRESSES,
  TWO_ARMS,
  bindRows,
  emitBinds,
  emitTwoArms,
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

function start(id: string): Promise<Recorder> {
  return createRecorder({ file, document: sampleDocument(id) });
}

test('a run is in the library, running, before its first event', async () => {
  const recorder = await start('a');
  const first = sampleDocument('a');
  expect(library.get('a')).toEqual({ ...first, run: { ...first.run, durationNs: 0 } });
  await recorder.abort();
});

test('a sealed run comes back as it was stored, with the recorder’s own count', async () => {
  const recorder = await start('a');
  recorder.useAddresses(ADDRESSES);
  emitTwoArms(recorder.sink);
  const stored = await recorder.seal(sampleDocument('a', 'complete'));
  const final = sampleDocument('a', 'complete');
  expect(stored).toEqual({ ...final, run: { ...final.run, eventCount: TWO_ARMS.calls } });
  expect(library.get('a')).toEqual(stored);
  expect(JSON.stringify(library.get('a').arms)).toBe(JSON.stringify(stored.arms));
  expect(library.addresses('a')).toEqual(ADDRESSES);
  expect(library.verify('a')).toEqual({ id: 'a', ok: true, problem: null });
  expect(readdirSync(folder.path).filter((name) => name.includes('-run-'))).toEqual([]);
});

test('events come back in order, arms included, across many batches', async () => {
  const recorder = await start('a');
  recorder.sink.arm = 1;
  emitBinds(recorder.sink, 3_000);
  recorder.sink.arm = 2;
  emitBinds(recorder.sink, 2_000, 3_000);
  expect(recorder.backlog).toBeGreaterThan(0);
  await recorder.seal(sampleDocument('a', 'complete'));
  let rows = 0;
  let last = -1;
  for (const batch of library.events('a')) {
    for (let row = 0; row < batch.length; row++) {
      expect(batch.arm[row]).toBe(rows < bindRows(3_000) ? 1 : 2);
      expect(batch.socket[row]).toBe(Math.floor(rows / 4) + 1);
      expect(batch.t[row]).toBeGreaterThan(last);
      last = batch.t[row]!;
      rows++;
    }
  }
  expect(rows).toBe(bindRows(5_000));
});

test('drained means durable and visible to another reader', async () => {
  const recorder = await start('a');
  emitBinds(recorder.sink, 100);
  await recorder.drain();
  expect(recorder.backlog).toBe(0);
  expect(library.get('a').run.eventCount).toBe(bindRows(100));
  await recorder.abort();
});

test('a few events get there without anyone asking', async () => {
  const recorder = await start('a');
  emitBinds(recorder.sink, 1);
  for (let waited = 0; waited < 10_000 && library.get('a').run.eventCount === 0; waited += 20)
    await sleep(20);
  expect(library.get('a').run.eventCount).toBe(bindRows(1));
  await recorder.abort();
});

test('addresses interned during the run are recorded with the events that speak of them', async () => {
  const table = ['', '10.0.0.1'];
  const recorder = await start('a');
  recorder.useAddresses(table);
  recorder.sink.emit(OP.bind, 0, 1, 1, 1, 0, 0, 0);
  await recorder.drain();
  table.push('10.9.9.9');
  recorder.sink.emit(OP.connect, 2, 1, 1, 2, 443, 0, 0);
  await recorder.drain();
  expect(library.addresses('a')).toEqual(table);
  await recorder.abort();
});

test('a duration beyond 32 bits is recorded as the longest there is', async () => {
  const recorder = await start('a');
  recorder.sink.emit(OP.connect, 5, 2 ** 40, 1, 1, 443, 0, 0);
  await recorder.seal(sampleDocument('a', 'complete'));
  const [batch] = library.events('a');
  expect(batch?.dur[0]).toBe(2 ** 32 - 1);
  expect(library.verify('a').ok).toBe(true);
});

test('an aborted run keeps its events and shows as interrupted', async () => {
  const recorder = await start('a');
  emitBinds(recorder.sink, BATCH_ROWS);
  await recorder.abort();
  expect(library.get('a').run).toMatchObject({
    status: 'interrupted',
    eventCount: bindRows(BATCH_ROWS),
  });
  expect(library.verify('a').ok).toBe(true);
  expect(readdirSync(folder.path).filter((name) => name.includes('-run-'))).toEqual([]);
});

test('a run id can’t be used twice, and the first run is not harmed', async () => {
  await (await start('a')).seal(sampleDocument('a', 'complete'));
  await expect(start('a')).rejects.toThrow(/exists already/);
  expect(library.list().map(({ status }) => status)).toEqual(['complete']);
});

test('a file that can’t be used is refused before anything starts', async () => {
  writeFileSync(file, 'something else');
  await expect(start('a')).rejects.toMatchObject({ name: 'LabError', kind: 'usage' });
});

test('a run deleted under the recorder is an error at the seal', async () => {
  const recorder = await start('a');
  await recorder.drain();
  const { openForWriting } = await import('#data/database.ts');
  const db = openForWriting(file);
  db.exec('DELETE FROM run');
  db.close();
  await expect(recorder.seal(sampleDocument('a', 'complete'))).rejects.toBeInstanceOf(LabError);
});

test.skipIf(process.platform === 'win32')(
  'where the file can grow no more, recording fails with one error and keeps what it had',
  () => {
    const script = join(import.meta.dirname, 'full-disk-child.ts');
    // Blocks of 512 bytes: 4 MB for any one file.
    const child = spawnSync(
      '/bin/sh',
      ['-c', 'ulimit -f 8000; exec "$0" "$@"', process.execPath, script, file],
      {
        encoding: 'utf8',
        timeout: 60_000,
      },
    );
    expect(child.stderr).toBe('');
    const said = JSON.parse(child.stdout) as {
      told: number;
      drain: string;
      later: string;
      seal: string;
      durable: number;
    };
    expect(said.told).toBe(1);
    expect(said.drain).toMatch(/disk|writing failed/);
    expect([said.later, said.seal]).toEqual([said.drain, said.drain]);
    expect(said.durable).toBeGreaterThan(0);
    const run = library.get('full').run;
    expect(run.status).toBe('interrupted');
    expect(run.eventCount).toBeGreaterThanOrEqual(said.durable);
    expect(library.verify('full').ok).toBe(true);
  },
);
