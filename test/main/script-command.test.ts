import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runDocumentSchema, type RunHead } from '#engine/run/run-document.ts';
import type { ScriptDocument } from '#main/service/script/script-document.ts';
import { portlab, scratch, startPortlab } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());
const db = files.path('scripts.labdb');

const SCENARIOS = join(import.meta.dirname, '../../docs/scenarios');
const TWO_ADDRESS = join(SCENARIOS, 'two-address.jsonc');

let written = 0;

/** Writes a script of these steps. @returns its file */
function file(steps: readonly unknown[], more: object = {}): string {
  const path = files.path(`script-${written++}.json`);
  const profile = { dynamicRanges: { tcp4: { start: 50_000, count: 16 } } };
  writeFileSync(
    path,
    JSON.stringify({ portlab: 'script/1', title: 'A test', profile, steps, ...more }),
  );
  return path;
}

async function script(path: string, ...args: string[]): Promise<[number | null, ScriptDocument]> {
  const { status, stdout, stderr } = await portlab('script', path, ...args, '--db', db, '--json');
  expect(stderr).toBe('');
  return [status, JSON.parse(stdout) as ScriptDocument];
}

const FILL = { op: 'fill', as: 'f', address: '10.0.0.1', count: 20 };

describe('a script that runs', () => {
  test('exit 0: the run’s document, the script and its steps, and nothing else', async () => {
    const [status, document] = await script(TWO_ADDRESS, '--seed', '3');
    expect(status).toBe(0);
    const { script: about, steps, ...run } = document;
    expect(runDocumentSchema.strict().parse(run)).toEqual(run);
    expect(about).toEqual({
      title: "Two addresses, as on Microsoft's page",
      stack: 'simulated',
      ok: true,
    });
    expect(steps.map(({ index }) => index)).toEqual(steps.map((_, i) => i));
    const fields = 'index op ok code name address port value bound ports expectation';
    expect(Object.keys(steps[4] ?? {})).toEqual(fields.split(' '));
    expect(steps[4]).toMatchObject({ op: 'fill', ok: false, code: 10_055, bound: 63 });
    expect(steps[4]?.ports).toHaveLength(63);
    expect(document.run).toMatchObject({ experiment: 'script', status: 'complete', seed: 3 });
    expect(document.arms).toEqual([]);
    expect(document.claims).toEqual([]);
    expect(document.safety).toMatchObject({ peakHeld: 66, openAfter: 0 });
    expect(document.command).toContain('--seed 3');
  });

  test('exit 4 when an expectation failed; the answer says which', async () => {
    const path = file([FILL, { ...FILL, as: 'g', expect: { ok: true, bound: 3 } }]);
    const [status, document] = await script(path);
    expect(status).toBe(4);
    expect(document.script.ok).toBe(false);
    expect(document.run.status).toBe('complete');
    expect(document.verdict).toContain('1 of 1 expectation failed, first at step 1 (fill)');
    expect(document.findings.find(({ id }) => id === 'step-1')?.text).toMatch(
      /Step 1 \(fill\): was to succeed; bound 3 expected, not 0/,
    );
    const text = await portlab('script', path, '--db', db);
    expect(text.status).toBe(4);
    expect(text.stdout).toContain('FAILED: was to succeed');
  });

  test('a call that fails unexpectedly by nobody is no failure', async () => {
    const [status, document] = await script(file([FILL]));
    expect(status).toBe(0);
    expect(document.script.ok).toBe(true);
  });

  test('in words, for somebody who knows sockets', async () => {
    const { status, stdout, stderr } = await portlab('script', TWO_ADDRESS, '--db', db);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^SIMULATED/);
    expect(stdout).toMatch(/4 {2}others = fill 127\.0\.0\.2.*63 bound, then WSAENOBUFS.*met/);
    expect(stdout).toContain('all 6 expectations are met');
  });

  test('--profile poses as another Windows, in the script’s own ranges', async () => {
    const [status, document] = await script(file([FILL]), '--profile', 'wine-8');
    expect(status).toBe(0);
    expect(document.steps[0]).toMatchObject({ ok: false, bound: 16, code: 10_048 });
    expect(document.run.profile?.name).toBe('wine-8, changed by the script');
  });

  test('a profile file may have comments, a script any encoding of Windows', async () => {
    const profile = files.path('small.jsonc');
    writeFileSync(
      profile,
      '// small\n{ "dynamicRanges": { "tcp4": { "start": 50000, "count": 3 } }, }',
    );
    const path = files.path('utf16.json');
    writeFileSync(path, `\uFEFF${readFileSync(file([FILL]), 'utf8')}`, 'utf16le');
    const [, document] = await script(path, '--profile', profile);
    expect(document.steps[0]).toMatchObject({ bound: 3 });
  });

  test('the same seed gives the same run, and the recorded script is the script', async () => {
    const path = join(SCENARIOS, 'own-pool-heuristics.jsonc');
    const [, one] = await script(path, '--seed', '7');
    const again = files.path('again.json');
    writeFileSync(again, JSON.stringify(one.parameters['script']));
    const [, other] = await script(again, '--seed', '7');
    expect(other.steps).toEqual(one.steps);
    expect(other.run.eventCount).toBe(one.run.eventCount);
  });
});

test('a script’s run is a run: listed, shown, reported, exported, verified', async () => {
  const [, { run }] = await script(TWO_ADDRESS, '--title', 'Kept', '--tag', 'here');
  const list = JSON.parse((await portlab('runs', 'list', '--db', db, '--json')).stdout) as {
    runs: RunHead[];
  };
  expect(list.runs[0]).toEqual(run);
  expect(run).toMatchObject({ title: 'Kept', tags: ['here'] });
  const shown = await portlab('runs', 'show', run.id, '--db', db);
  expect(shown.stdout).toContain('expectations are met');
  expect(shown.stdout).not.toContain('Arm');
  for (const ending of ['html', 'json', 'csv']) {
    const out = files.path(`report.${ending}`);
    const { status, stderr } = await portlab('report', run.id, '--out', out, '--db', db);
    expect(status, stderr).toBe(0);
    const text = readFileSync(out, 'utf8');
    expect(text).toContain('SO_PORT_SCALABILITY');
    expect(text).not.toMatch(/undefined|\[object|No arm was begun/);
  }
  const bundle = files.path('kept.labrun');
  await portlab('runs', 'export', run.id, '--out', bundle, '--db', db);
  const imported = await portlab(
    'runs',
    'import',
    bundle,
    '--db',
    files.path('else.labdb'),
    '--json',
  );
  expect(JSON.parse(imported.stdout)).toMatchObject({ imported: [run.id] });
  const verified = await portlab('runs', 'verify', run.id, '--db', db, '--json');
  expect(JSON.parse(verified.stdout)).toEqual({ runs: [{ id: run.id, ok: true, problem: null }] });
});

describe('what is refused is one clear line, and nothing is recorded', () => {
  const none = files.path('none.labdb');

  test.each<[number, RegExp, () => string[]]>([
    [2, /nowhere\.jsonc: ENOENT/, () => ['nowhere.jsonc']],
    [2, /no JSON: line 1, column 3/, () => [fileOf('{ no')]],
    [2, /it is no text/, () => [fileOf(Buffer.from([0x7b, 0xff, 0x7d]))]],
    [2, /larger than 4 MB/, () => [fileOf(' '.repeat(4_000_001))]],
    [2, /step 0 \(fill\): unknown field "cuont"/, () => [file([{ ...FILL, cuont: 1 }])]],
    [
      2,
      /step 1 \(close\): no step before it.*"g"/,
      () => [file([FILL, { op: 'close', socket: 'g' }])],
    ],
    [
      2,
      /has no address 10\.9\.9\.9/,
      () => [
        file([{ op: 'addressRemove', address: '10.9.9.9' }], {
          profile: { addresses: ['10.0.0.1'] },
        }),
      ],
    ],
    [2, /unknown profile/, () => [TWO_ADDRESS, '--profile', 'nonsense']],
    [2, /max-seconds/, () => [TWO_ADDRESS, '--max-seconds', '0']],
    [3, /reserve of 20,000 ports/, () => [TWO_ADDRESS, '--reserve', '20000']],
    [2, /missing required argument/, () => []],
  ])('exit %i: %s', async (status, words, args) => {
    const ended = await portlab('script', ...args(), '--db', none);
    expect(ended.status).toBe(status);
    expect(ended.stderr.trimEnd()).toMatch(words);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(ended.stdout).toBe('');
    expect((await portlab('runs', 'list', '--json', '--db', none)).stdout).toBe('{"runs":[]}\n');
  });

  test.runIf(process.platform !== 'win32')(
    '--stack winsock where there is no Windows',
    async () => {
      const ended = await portlab('script', TWO_ADDRESS, '--stack', 'winsock', '--db', none);
      expect(ended.status).toBe(3);
      expect(ended.stderr).toMatch(/winsock/);
    },
  );
});

/** Hundreds of millions of calls: it never ends by itself here. */
const ENDLESS = [
  { ...FILL, count: 16 },
  ...Array.from({ length: 9_000 }, (_, i) => ({
    op: 'fill',
    as: `g${i}`,
    address: '10.0.0.1',
    count: 1,
    pool: { start: 1, count: 65_535 },
  })),
].map((step, i) =>
  // The first pool takes every port, the others find none.
  i === 1 ? { ...step, count: 65_535 } : step,
);

describe('a script that is ended early', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s: exit 130, all released, kept', async (signal) => {
    const database = files.path(`${signal}.labdb`);
    const { child, ended } = startPortlab(['script', file(ENDLESS), '--db', database, '--json']);
    const { id } = await untilRecording(database);
    child.kill(signal);
    const { status, stdout } = await ended;
    expect(status).toBe(130);
    const document = JSON.parse(stdout) as ScriptDocument;
    expect(document.run).toMatchObject({ id, status: 'cancelled' });
    expect(document.script.ok).toBe(false);
    expect(document.safety.openAfter).toBe(0);
    expect(document.steps.length).toBeLessThan(ENDLESS.length);
  });

  test('by its own time limit: exit 1, said in words', async () => {
    const [status, document] = await script(file(ENDLESS), '--max-seconds', '0.1');
    expect(status).toBe(1);
    expect(document.run.status).toBe('stopped-for-safety');
    expect(document.verdict).toContain('longer than 0.1 s');
    expect(document.script.ok).toBe(false);
  });
});

async function untilRecording(database: string): Promise<RunHead> {
  for (let tries = 0; tries < 100; tries++) {
    const { stdout } = await portlab('runs', 'list', '--json', '--db', database);
    const [head] = (JSON.parse(stdout) as { runs: RunHead[] }).runs;
    if (head !== undefined && head.eventCount > 1_000) return head;
  }
  throw new Error('nothing was recorded');
}

function fileOf(content: string | Buffer): string {
  const path = files.path(`raw-${written++}.jsonc`);
  writeFileSync(path, content);
  return path;
}
