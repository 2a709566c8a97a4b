import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRecorder } from '#data/recorder.ts';
import { HeadroomLog } from '#data/headroom-log.ts';
import { APPLICATION_ID } from '#data/inspect-file.ts';
import { sampleHeadroom } from './sample-headroom.ts';
import { ADDRESSES, TWO_ARMS, emitTwoArms, sampleDocument, temporaryFolder } from './sample-run.ts';

const DOC = readFileSync(join(import.meta.dirname, '../../docs/database.md'), 'utf8');
const QUERIES = [...DOC.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql ?? '');

const folder = temporaryFolder();
let db: Database.Database;

beforeAll(async () => {
  const file = join(folder.path, 'lab.db');
  for (const id of ['first', 'second']) {
    const recorder = await createRecorder({ file, document: sampleDocument(id) });
    recorder.useAddresses(ADDRESSES);
    emitTwoArms(recorder.sink);
    await recorder.seal(sampleDocument(id, 'complete'));
  }
  const log = new HeadroomLog(file);
  log.add(sampleHeadroom());
  log.close();
  db = new Database(file, { readonly: true });
  // As the lab itself opens it: a view must not need more trust than that.
  db.pragma('trusted_schema = OFF');
});
afterAll(() => {
  db.close();
  folder.remove();
});

describe('docs/database.md', () => {
  test.each(QUERIES)('has a query that works: %s', (sql) => {
    const rows = db.prepare(sql).all();
    // Nothing recorded here was measured on Windows.
    expect(rows.length > 0).toBe(!sql.includes("'measured'"));
  });

  test('names every view and table there is, and every column of the views', () => {
    const named = db
      .prepare<[], { name: string; type: string }>(
        "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    for (const { name, type } of named) {
      expect(DOC).toContain(`\`${name}\``);
      if (type === 'table') continue;
      const columns = db
        .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${name}')`)
        .all();
      const line = DOC.split('\n').find((text) => text.startsWith(`| \`${name}\``));
      const said = [...(line?.split('|')[3] ?? '').matchAll(/`([a-z_]+)`/g)].map(
        ([, column]) => column,
      );
      expect(said).toEqual(columns.map((column) => column.name));
    }
  });

  test('gives the application id', () => {
    expect(DOC).toContain(`0x${APPLICATION_ID.toString(16).toUpperCase()}`);
  });
});

describe('the views', () => {
  const second = "WHERE run = 'second'";

  test('say where each arm was refused, and how much it had bound by then', () => {
    expect(db.prepare(`SELECT * FROM exhaustion ${second}`).all()).toEqual([
      {
        run: 'second',
        rid: 2,
        arm: 1,
        strategy: 'legacy',
        call: 'bind',
        address: '10.0.0.1',
        code: 10_055,
        error: 'WSAENOBUFS',
        seq: 12,
        t_ms: 0.024,
        bound_before: 3,
      },
    ]);
  });

  test('count a port once however often it is asked for, and see it given back', () => {
    const held = db
      .prepare(`SELECT arm, address, taken, peak, left_over FROM ports_held ${second}`)
      .all();
    expect(held).toEqual([
      { arm: 1, address: '10.0.0.1', taken: 1, peak: 1, left_over: 0 },
      { arm: 1, address: '10.0.0.2', taken: 2, peak: 2, left_over: 0 },
      { arm: 2, address: '10.0.0.1', taken: 100, peak: 100, left_over: 0 },
      { arm: 2, address: '10.0.0.2', taken: 50, peak: 50, left_over: 0 },
    ]);
  });

  test('name every event’s call, option, error and mark', () => {
    const events = db
      .prepare<[], Record<string, unknown>>(`SELECT * FROM events ${second} ORDER BY seq`)
      .all();
    expect(events).toHaveLength(TWO_ARMS.rows);
    expect(events[0]).toMatchObject({
      op: 'mark',
      mark: 'armBegin',
      port: null,
      address: null,
      arm: 1,
    });
    expect(events[12]).toMatchObject({
      op: 'bind',
      error: 'WSAENOBUFS',
      address: '10.0.0.1',
      port: 0,
      option: null,
    });
    const option = events.find(({ op }) => op === 'setsockopt');
    expect(option).toMatchObject({
      option: 'SO_PORT_SCALABILITY',
      port: null,
      value: 1,
      error: null,
      arm: 2,
    });
    expect(events.at(-2)).toMatchObject({
      op: 'release',
      address: '10.0.0.2',
      port: 50_000,
      value: 50,
    });
  });

  test('show runs, arms, claims and measures of the document', () => {
    expect(
      db.prepare(`SELECT hostname, stack, status, profile, wine FROM runs ${second}`).get(),
    ).toEqual({
      hostname: 'sample',
      stack: 'simulated',
      status: 'complete',
      profile: 'documented',
      wine: null,
    });
    expect(db.prepare(`SELECT arm, strategy, bound, error_code FROM arms ${second}`).all()).toEqual(
      [
        { arm: 1, strategy: 'legacy', bound: 3, error_code: 10_055 },
        { arm: 2, strategy: 'port-scalability', bound: 4, error_code: null },
      ],
    );
    expect(db.prepare(`SELECT claim, outcome, basis FROM claims ${second}`).all()).toEqual([
      { claim: 'PS-1', outcome: 'confirmed', basis: 'modelled' },
    ]);
    expect(db.prepare(`SELECT name, value FROM measures ${second} ORDER BY name`).all()).toEqual([
      { name: 'bindsPerSecond', value: 12_345.678_9 },
      { name: 'bound.legacy', value: 3 },
    ]);
  });
});
