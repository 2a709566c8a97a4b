import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunDocument } from '#engine/run/run-document.ts';
import { type Ended, scratch, startPortlab } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());

/** A place for such files of this test alone: other tests' runs go on. */
let place = '';
let folder = '';
beforeEach(() => {
  mkdirSync(files.path(''), { recursive: true });
  place = mkdtempSync(files.path('place-'));
  folder = join(place, 'port-scalability-lab-running');
});

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

function start(...args: string[]): {
  child: ReturnType<typeof startPortlab>['child'];
  ended: Promise<Ended>;
} {
  return startPortlab(args, { TMPDIR: place });
}

async function stop(): Promise<{ status: number | null; stopped: string[]; released: number }> {
  const { status, stdout, stderr } = await start('stop', '--json').ended;
  expect(stderr).toBe('');
  return { status, ...(JSON.parse(stdout) as { stopped: string[]; released: number }) };
}

async function untilRunning(runs: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (
      existsSync(folder) &&
      readdirSync(folder).filter((name) => name.endsWith('.run')).length === runs
    )
      return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`no ${runs} runs began`);
}

describe('portlab stop', () => {
  test('ends every run that goes on, and answers when all is released', async () => {
    const dbs = ['one', 'two'].map((name) => files.path(`${name}.labdb`));
    const runs = dbs.map((db) => start(...PACED, '--db', db, '--json'));
    await untilRunning(2);
    await new Promise((done) => setTimeout(done, 1_500));
    const { status, stopped, released } = await stop();
    expect(status).toBe(0);
    expect(stopped).toHaveLength(2);
    expect(released).toBeGreaterThan(0);
    let held = 0;
    for (const { ended } of runs) {
      const { status: exit, stdout } = await ended;
      const { run, safety } = JSON.parse(stdout) as RunDocument;
      expect(exit).toBe(130);
      expect(stopped).toContain(run.id);
      expect(run.status).toBe('cancelled');
      expect(safety.openAfter).toBe(0);
      held += safety.peakHeld;
    }
    expect(released).toBeLessThanOrEqual(held);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('ends a script that waits', async () => {
    const script = files.path('waits.json');
    const steps = [
      { op: 'fill', as: 'f', address: '127.0.0.2', count: 5 },
      ...Array.from({ length: 9_000 }, () => ({
        op: 'getsockopt',
        socket: 's',
        option: 'SO_REUSEADDR',
      })),
    ];
    const socket = { op: 'socket', as: 's' };
    const churn = [{ protocol: 'tcp', address: '0.0.0.0', perSecond: 100_000, holdSeconds: 0.01 }];
    const long = [socket, ...steps, { op: 'wait', seconds: 400 }, { op: 'close', socket: 'f' }];
    writeFileSync(script, JSON.stringify({ portlab: 'script/1', profile: { churn }, steps: long }));
    const { ended } = start('script', script, '--db', files.path('script.labdb'), '--json');
    await untilRunning(1);
    expect((await stop()).stopped).toHaveLength(1);
    expect((await ended).status).toBe(130);
  });

  test('where nothing runs there is nothing to stop', async () => {
    expect(await stop()).toEqual({ status: 0, stopped: [], released: 0 });
    const { stdout } = await start('stop').ended;
    expect(stdout).toBe('No lab runs on this host.\n');
  });

  test('takes away what a killed run left, and a run that ends by itself leaves nothing', async () => {
    const killed = start(...PACED, '--db', files.path('killed.labdb'));
    await untilRunning(1);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await stop()).toEqual({ status: 0, stopped: [], released: 0 });
    expect(readdirSync(folder)).toEqual([]);
    const sweep = [
      'run',
      'sweep',
      '--addresses',
      '10.0.0.1,10.0.0.2',
      '--db',
      files.path('a.labdb'),
    ];
    expect((await start(...sweep).ended).status).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
    // Other users' runs are known there too, and nobody can take away another's files.
    expect(statSync(folder).mode & 0o1777).toBe(0o1777);
  });

  test('an answer nobody has waited for is taken away, by who asks next and by the next run', async () => {
    mkdirSync(folder);
    const leave = (name: string, ageSeconds: number): void => {
      writeFileSync(join(folder, name), '{"released":3}');
      const then = Date.now() / 1_000 - ageSeconds;
      utimesSync(join(folder, name), then, then);
    };
    leave('waited-for.done', 5);
    leave('forgotten.done', 120);
    expect(await stop()).toEqual({ status: 0, stopped: [], released: 0 });
    expect(readdirSync(folder)).toEqual(['waited-for.done']);
    leave('forgotten.done', 120);
    leave('forgotten.stop', 120);
    const { child, ended } = start(...PACED, '--db', files.path('tidy.labdb'));
    await untilRunning(1);
    const left = readdirSync(folder).filter((name) => !name.endsWith('.run'));
    expect(left).toEqual(['waited-for.done']);
    child.kill('SIGINT');
    expect((await ended).status).toBe(130);
  });

  test('a run that can’t be reached goes on, and says so', async () => {
    writeFileSync(folder, 'in the way');
    const sweep = [
      'run',
      'sweep',
      '--addresses',
      '10.0.0.1,10.0.0.2',
      '--db',
      files.path('b.labdb'),
    ];
    const { status, stderr } = await start(...sweep).ended;
    expect(status).toBe(0);
    expect(stderr).toContain('portlab stop can’t reach'.replace('’', "'"));
  });
});
