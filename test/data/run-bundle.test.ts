import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportRun, writeRun } from '#data/run-bundle.ts';
import { importRun } from '#data/run-import.ts';
import { RunLibrary } from '#data/run-library.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import {
  ADDRESSES,
  collectBatches,
  emitBinds,
  sampleDocument,
  temporaryFolder,
} from './sample-run.ts';

const ID = '20261122-101112-abcd';
const MUTATIONS = process.env['PORTLAB_DEEP'] === undefined ? 150 : 3_000;

let folder: ReturnType<typeof temporaryFolder>;
let lab: string;
let bundle: string;
let elsewhere: string;
beforeEach(() => {
  folder = temporaryFolder();
  lab = join(folder.path, 'lab.db');
  bundle = join(folder.path, 'run.labrun');
  elsewhere = join(folder.path, 'elsewhere.db');
});
afterEach(() => folder.remove());

function document(
  status: RunDocument['run']['status'],
  title = 'Gateway, before the change',
): RunDocument {
  const sample = sampleDocument(ID, status);
  return { ...sample, run: { ...sample.run, title } };
}

function record(run: RunDocument, sockets = 900): void {
  const { sink, batches } = collectBatches(1_000);
  emitBinds(sink, sockets);
  writeRun(lab, { document: run, addresses: ADDRESSES.slice(1), events: batches });
}

function exported(status: RunDocument['run']['status'] = 'complete', title?: string): void {
  record(document(status, title));
  withLibrary(lab, (library) => exportRun(library, ID, bundle));
}

function withLibrary<T>(file: string, use: (library: RunLibrary) => T): T {
  const library = new RunLibrary(file);
  try {
    return use(library);
  } finally {
    library.close();
  }
}

/** Everything a library knows of the run. */
function whole(file: string) {
  return withLibrary(file, (library) => ({
    document: library.get(ID),
    addresses: library.addresses(ID),
    verified: library.verify(ID),
    events: [...library.events(ID)].map((batch) => ({
      length: batch.length,
      rows: Array.from({ length: batch.length }, (_, row) => [
        batch.t[row],
        batch.dur[row],
        batch.op[row],
        batch.arm[row],
        batch.socket[row],
        batch.address[row],
        batch.port[row],
        batch.code[row],
        batch.value[row],
      ]),
    })),
  }));
}

function change(sql: string): void {
  const db = new Database(bundle);
  db.unsafeMode(true);
  db.exec(sql);
  db.close();
}

describe('a .labrun', () => {
  test.each(['complete', 'cancelled', 'interrupted', 'failed'] as const)(
    'carries a %s run to another library, event for event',
    (status) => {
      exported(status);
      expect(importRun(elsewhere, bundle)).toEqual({ id: ID, known: false });
      const [here, there] = [whole(lab), whole(elsewhere)];
      expect(there).toEqual(here);
      expect(there.verified.ok).toBe(true);
      expect(importRun(elsewhere, bundle)).toEqual({ id: ID, known: true });
    },
  );

  test('is one file, and importing leaves it as it was with nothing beside it', () => {
    exported();
    const before = readFileSync(bundle);
    importRun(elsewhere, bundle);
    expect(readFileSync(bundle).equals(before)).toBe(true);
    expect(readdirSync(folder.path).filter((name) => name.startsWith('run.labrun'))).toEqual([
      'run.labrun',
    ]);
  });

  test('does not replace another run of the same name', () => {
    exported();
    const other = document('complete', 'Another title');
    writeRun(elsewhere, { document: other, addresses: [], events: [] });
    expect(() => importRun(elsewhere, bundle)).toThrow(/another run/);
    expect(withLibrary(elsewhere, (library) => library.get(ID).run.title)).toBe('Another title');
  });
});

describe('a file somebody sent is refused, and nothing of it gets in', () => {
  const hostile: [string, () => void, RegExp][] = [
    ['a text', () => writeFileSync(bundle, 'not a database'.repeat(100)), /no \.labrun/],
    ['an empty file', () => writeFileSync(bundle, ''), /no \.labrun/],
    ['a lab database', () => writeFileSync(bundle, readFileSync(lab)), /no \.labrun/],
    [
      'a cut file',
      () => writeFileSync(bundle, readFileSync(bundle).subarray(0, 9_000)),
      /labrun: /,
    ],
    ['a view of its own', () => change('CREATE VIEW spy AS SELECT 1'), /tables/],
    [
      'a trigger',
      () => change('CREATE TRIGGER spy AFTER INSERT ON run BEGIN DELETE FROM run; END'),
      /tables/,
    ],
    ['no run', () => change('DELETE FROM run'), /one run/],
    [
      'two runs',
      () =>
        change(`CREATE TEMP TABLE twin AS SELECT * FROM run; UPDATE twin SET rid = 9, id = 'other';
                INSERT INTO run SELECT * FROM twin`),
      /one run/,
    ],
    ['a run that never ended', () => change("UPDATE run SET status = 'running'"), /not ended/],
    ['an unknown status', () => change("UPDATE run SET status = 'splendid'"), /status/],
    [
      'figures that are none',
      () => change('UPDATE run SET measures = \'{"bound":"many"}\''),
      /measures/,
    ],
    ['JSON that is none', () => change("UPDATE run SET host = '{'"), /labrun: /],
    ['a changed event', () => change('UPDATE event SET port = 1 WHERE seq = 7'), /event 7/],
    ['a lost event', () => change('DELETE FROM event WHERE seq = 7'), /event 7/],
    ['a changed chunk', () => change("UPDATE event_chunk SET body = x'00'"), /damaged/],
    [
      'escape sequences for a terminal',
      () => change("UPDATE run SET verdict = 'fine' || char(27) || '[2J'"),
      /control characters/,
    ],
    ['a newer format', () => change('PRAGMA user_version = 9999'), /newer/],
    ['a write-ahead log', () => change('PRAGMA journal_mode = WAL'), /one piece/],
  ];

  test.each(hostile)('%s', (_what, make, message) => {
    exported();
    make();
    expect(() => importRun(elsewhere, bundle)).toThrow(message);
    expect(withLibrary(elsewhere, (library) => library.list())).toEqual([]);
  });

  test('whatever bytes are changed, the run comes whole or not at all', () => {
    exported();
    const original = readFileSync(bundle);
    const intact = whole(lab);
    let round = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: original.length - 1 }), fc.integer({ min: 0, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        (changes) => {
          const bytes = Buffer.from(original);
          for (const [at, value] of changes) bytes[at] = value;
          writeFileSync(bundle, bytes);
          const target = join(folder.path, `target-${round++}.db`);
          try {
            importRun(target, bundle);
          } catch (error) {
            expect(error).toBeInstanceOf(LabError);
            return;
          }
          const [head] = withLibrary(target, (library) => library.list());
          const id = head?.id ?? '';
          expect(withLibrary(target, (library) => library.verify(id)).ok).toBe(true);
          if (id === ID) expect(whole(target).events).toEqual(intact.events);
        },
      ),
      { numRuns: MUTATIONS },
    );
  }, 600_000);

  /** What later steps of the schema added, newest first, taken away again. */
  const UNDO = [
    {
      to: 50,
      sql: 'DROP VIEW headroom; DROP TABLE headroom_pool; DROP TABLE headroom_sample',
    },
    { to: 40, sql: 'ALTER TABLE run DROP COLUMN extras' },
    { to: 30, sql: 'ALTER TABLE run DROP COLUMN script' },
  ];

  test.each(UNDO)('a file of an older lab, with tables of version $to, is still read', ({ to }) => {
    exported();
    const old = new Database(bundle);
    for (const step of UNDO) if (step.to >= to) old.exec(step.sql);
    old.pragma(`user_version = ${to}`);
    old.close();
    expect(importRun(elsewhere, bundle)).toEqual({ id: ID, known: false });
    withLibrary(elsewhere, (library) => {
      expect(library.get(ID).run.id).toBe(ID);
      expect(library.get(ID).steps).toBeUndefined();
      expect(library.verify(ID).ok).toBe(true);
    });
  });

  test('what a script’s steps answered comes along', () => {
    const step = {
      index: 0,
      op: 'bind',
      ok: false,
      code: 10_055,
      name: 'WSAENOBUFS',
      address: null,
      port: null,
      value: null,
      bound: null,
      expectation: 'failed' as const,
      call: 'a: bind to 10.0.0.1, wildcard port',
      answer: 'WSAENOBUFS (10055)',
      missed: 'was to succeed',
    };
    const script = { title: 'One bind', stack: 'simulated' as const, ok: false };
    record({ ...document('complete'), script, steps: [step] });
    withLibrary(lab, (library) => exportRun(library, ID, bundle));
    importRun(elsewhere, bundle);
    withLibrary(elsewhere, (library) => {
      expect(library.get(ID)).toMatchObject({ script, steps: [step] });
    });
  });
});
