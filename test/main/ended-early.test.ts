import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import type { RunDocument, RunHead } from '#engine/run/run-document.ts';
import { portlab, scratch, startPortlab } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());

/** Half a minute at this pace: it never ends by itself here. */
const PACED = [
  'run',
  'capacity',
  '--exhaust',
  '--addresses',
  '10.0.0.1,10.0.0.2',
  '--set',
  'rate=20000',
];

async function runs(db: string): Promise<RunHead[]> {
  const { status, stdout, stderr } = await portlab('runs', 'list', '--json', '--db', db);
  expect(status, stderr).toBe(0);
  return (JSON.parse(stdout) as { runs: RunHead[] }).runs;
}

/** Waits until the run has recorded something. */
async function untilRecording(db: string): Promise<RunHead> {
  for (let tries = 0; tries < 100; tries++) {
    const [head] = await runs(db);
    if (head !== undefined && head.eventCount > 1_000) return head;
  }
  throw new Error('nothing was recorded');
}

describe('a run that is killed', () => {
  test('shows as interrupted with what it recorded, the file is sound, and the next run works', async () => {
    const db = files.path('killed.labdb');
    const { child, ended } = startPortlab([...PACED, '--db', db, '--json']);
    expect((await untilRecording(db)).status).toBe('running');
    child.kill('SIGKILL');
    await ended;

    const [killed] = await runs(db);
    expect(killed?.status).toBe('interrupted');
    expect(killed?.eventCount).toBeGreaterThan(1_000);
    const sqlite = new Database(db, { readonly: true });
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    const rows = sqlite.prepare<[], { rows: number }>('SELECT count(*) AS rows FROM event').get();
    expect(rows?.rows).toBeGreaterThan(1_000);
    sqlite.close();

    const next = await portlab(
      'run',
      'sweep',
      '--addresses',
      '10.0.0.1,10.0.0.2',
      '--db',
      db,
      '--json',
    );
    expect(next.status, next.stderr).toBe(0);
    expect((await runs(db)).map((run) => run.status)).toEqual(['complete', 'interrupted']);
    const shown = await portlab('runs', 'show', killed?.id ?? '', '--db', db);
    expect(shown.status, shown.stderr).toBe(0);
    expect(shown.stdout).toContain('interrupted');
  });
});

describe('a run that is interrupted by Ctrl-C', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s: exit 130, everything released, shown as cancelled',
    async (signal) => {
      const db = files.path(`${signal}.labdb`);
      const { child, ended } = startPortlab([...PACED, '--db', db, '--json']);
      const { id } = await untilRecording(db);
      child.kill(signal);
      const { status, stdout } = await ended;
      expect(status).toBe(130);
      const document = JSON.parse(stdout) as RunDocument;
      expect(document.run).toMatchObject({ id, status: 'cancelled' });
      expect(document.safety.openAfter).toBe(0);
      expect(new Set(document.claims.map((claim) => claim.outcome))).toEqual(
        new Set(['inconclusive']),
      );
      const [kept] = await runs(db);
      expect(kept).toMatchObject({ id, status: 'cancelled', eventCount: document.run.eventCount });
    },
  );
});
