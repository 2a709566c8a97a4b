import { setTimeout as sleep } from 'node:timers/promises';
import { copyFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InstantDocument } from '#engine/replay/instant-document.ts';
import type { Moments } from '#engine/replay/moments.ts';
import { isWildcard } from '#engine/model/address.ts';
import { RunWriter } from '#data/run-writer.ts';
import { sampleDocument } from '#test/data/sample-run.ts';
import { readRun, type LabRun } from '#test/engine/replay/lab-runs.ts';
import { lastBegun } from '#test/engine/replay/instants.ts';
import { statesAfter } from '#test/engine/replay/reference-state.ts';
import { portlab, scratch, startPortlab, type Ended } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());

const db = files.path('runs.labdb');
let id: string;
let run: LabRun;
beforeAll(async () => {
  const profile = files.path('small.json');
  writeFileSync(
    profile,
    JSON.stringify({
      addresses: ['10.0.0.1', '10.0.0.2'],
      dynamicRanges: { tcp4: { start: 50_000, count: 400 } },
    }),
  );
  const args = ['run', 'starvation', '--stack', 'simulated', '--exhaust', '--profile', profile];
  const { status, stdout, stderr } = await portlab(...args, '--json', '--db', db);
  expect(status, stderr).toBe(0);
  ({ id } = (JSON.parse(stdout) as LabRun['document']).run);
  run = readRun(db, id);
}, 60_000);

function replay(...args: readonly string[]): Promise<Ended> {
  return portlab('replay', ...args, '--db', db);
}

async function instantAt(time: string): Promise<InstantDocument> {
  const { status, stdout, stderr } = await replay(id, `--at=${time}`, '--json');
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as InstantDocument;
}

/** What a row's state is by sets and sums. */
function reference(seq: number) {
  const { texts, rows } = run;
  const ids = texts.map((_, address) => address);
  const isWild = (address: number): boolean => isWildcard(texts[address] ?? '');
  return statesAfter(rows, new Set([seq]), { ids, isWildcard: isWild }).get(seq)!;
}

describe('portlab replay --at', () => {
  test('tells the state of an instant, as the events themselves say it', async () => {
    const peak = run.moments.arms[1]!.peak!;
    const at = await instantAt(`#${peak.seq + 1}`);
    const told = reference(peak.seq);
    expect(Object.keys(at).slice(0, 4)).toEqual(['seq', 't', 'held', 'counters']);
    expect(at).toMatchObject({ seq: peak.seq, t: peak.t, window: true });
    expect(at.arm).toEqual({ index: 2, strategy: 'port-scalability', label: null });
    const on = (address: string): number => told.heldOn[run.texts.indexOf(address)] ?? 0;
    expect(at.held).toEqual({ '10.0.0.1': on('10.0.0.1'), '10.0.0.2': on('10.0.0.2') });
    expect(at.held['10.0.0.1']).toBe(400);
    const { calls, failed, held, union, shared, overlap, bound, peakHeld } = told;
    const sums = { calls, failed, held, union, shared, overlap, bound, peakHeld };
    expect(at.counters).toEqual({ ...sums, free: 0, canaryTries: 0, canaryFailed: 0 });
  });

  test('takes seconds, and other units where they are said', async () => {
    const t = run.moments.firstStarved!.t + 1;
    for (const time of [
      `${t / 1e9}`,
      `${t / 1e9}s`,
      `${t / 1e6}ms`,
      `${t / 1e3}us`,
      `${t / 1e3}µs`,
      `${t}ns`,
    ]) {
      expect(await instantAt(time), time).toMatchObject({ t, seq: lastBegun(run.rows, t) });
    }
  });

  test.each([
    ['0', 0],
    ['#0', -1],
    ['1000', 'last'],
    ['900min', 'last'],
    ['#999999999', 'last'],
  ])('at %s it is where the run begins, or ends', async (time, expected) => {
    const at = await instantAt(time);
    const seq = expected === 'last' ? run.rows.length - 1 : (expected as number);
    const { held, counters, event } = at;
    expect(at.seq).toBe(seq === 0 ? lastBegun(run.rows, 0) : seq);
    expect(counters.held).toBe(reference(at.seq).held);
    expect(Object.keys(held)).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(event === null).toBe(seq < 0);
  });

  test('says it in words, provenance before anything else', async () => {
    const { seq } = run.moments.firstStarved!;
    const { status, stdout } = await replay('last', '--at', `#${seq + 1}`, '--no-color');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^SIMULATED, profile .* · REPLAY · starvation · complete · /);
    expect(stdout).toContain(`event ${seq + 1} of ${run.rows.length}`);
    expect(stdout).toMatch(/arm 2 Port scalability: 400 ports held; 0 of 400 free on all/);
    expect(stdout).toMatch(/ {2}10\.0\.0\.1 {2}█+ {2}400\n/);
    expect(stdout).toMatch(/bind 10\.0\.0\.2 : 0, any port asked for: WSAENOBUFS \(10055\)\n$/);
    expect(stdout).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test.each([
    '',
    'abc',
    '-1',
    '1e3',
    '5 parsecs',
    '#',
    '#-1',
    '#1.5',
    '1,5',
    '9'.repeat(20),
    '0x1',
  ])('does not take %j for an instant', async (time) => {
    const { status, stderr } = await replay(id, `--at=${time}`);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^portlab: .*--at/);
  });
});

describe('portlab replay', () => {
  test('plays in lines where there is no terminal: few of them, in order, moments among them', async () => {
    const { status, stdout, stderr } = await replay(id, '--speed', 'max');
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/^1× is 100 ms of virtual time a second/);
    const [heading, rest = ''] = stdout.split('\n\n');
    expect(heading).toMatch(
      /^SIMULATED, .*\n.*\n.* of virtual time \(1 µs a call by convention\)\.$/,
    );
    const lines = rest.split('\n');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.length).toBeLessThanOrEqual(90);
    const times = lines.map((line) => Number.parseFloat(line.replaceAll(',', '')));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(lines.join('\n')).toMatch(
      /arm 2 Port scalability +0 held +400 free on all .* the arm begins/,
    );
    expect(lines.some((line) => line.includes('WSAENOBUFS (10055)'))).toBe(true);
    expect(stdout).toMatch(/\nArms\nArm .*Most held/);
    const starved = run.moments.firstStarved!.seq + 1;
    expect(stdout).toContain(`first option-less socket that found no port`);
    expect(stdout).toMatch(new RegExp(`\n--at=#${starved} +PS-5: .*\n`));
    expect(stdout).not.toMatch(/undefined|null|NaN|\[object/);
    expect(stdout).not.toContain('\u001b');
  });

  test('as JSON is one document: the run’s end, and where to look in it', async () => {
    const { status, stdout } = await replay(id, '--json');
    expect(status).toBe(0);
    const whole = JSON.parse(stdout) as InstantDocument & {
      run: LabRun['document']['run'];
      events: number;
      end: number;
      moments: Pick<Moments, 'arms' | 'windows' | 'firstStarved'> & {
        evidence: { claim: string; seq: number }[];
      };
    };
    expect(whole).toMatchObject({ seq: run.rows.length - 1, events: run.rows.length });
    expect(whole.run.id).toBe(id);
    expect(whole.end).toBe(run.replay.events.end);
    expect(whole.moments.arms).toEqual(run.moments.arms);
    expect(whole.moments.windows).toEqual(run.moments.windows);
    expect(whole.moments.firstStarved).toEqual(run.moments.firstStarved);
    expect(whole.moments.evidence.map(({ claim }) => claim)).toEqual(['PS-4', 'PS-5']);
  });

  test('goes at the pace that was asked for', async () => {
    const began = performance.now();
    const { status, stdout } = await replay(id, '--speed', '20');
    expect(status).toBe(0);
    expect(stdout).toContain('\nWhere to look\n');
    // 100 ms of virtual time a second at 1×.
    const leastMs = run.replay.events.end / (0.1 * 20) / 1e6;
    expect(performance.now() - began).toBeGreaterThan(leastMs);
    expect(leastMs).toBeGreaterThan(400);
  });

  test.runIf(process.platform !== 'win32')(
    'is ended by Ctrl-C, and says where it was',
    async () => {
      const { child, ended } = startPortlab(['replay', id, '--speed', '0.25', '--db', db]);
      let seen = '';
      child.stdout?.on('data', (chunk: string) => (seen += chunk));
      for (let tries = 0; tries < 300 && !seen.includes('the arm begins'); tries++) await sleep(50);
      child.kill('SIGINT');
      const { status, stdout, stderr } = await ended;
      expect(status).toBe(130);
      expect(stdout).not.toContain('Where to look');
      expect(stderr).toMatch(
        new RegExp(`Stopped at .*; portlab replay ${id} --at=#\\d+ tells of it`),
      );
    },
  );

  test('an unknown run, a speed there is none of, and two things at once are bad usage', async () => {
    const refused = [
      ['nonsense', '--at', '1'],
      [id, '--speed', '0'],
      [id, '--speed', '1001'],
      [id, '--speed', 'fast'],
      [id, '--speed', '2', '--at', '1'],
      [],
    ];
    for (const args of refused) {
      const { status, stdout, stderr } = await replay(...args);
      expect(status, args.join(' ')).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^portlab: .+; .+/);
    }
  });
});

test('a run of which nothing was recorded has no instant but its beginning', async () => {
  const file = files.path('empty.labdb');
  new RunWriter(file, sampleDocument('empty')).seal(sampleDocument('empty', 'complete'));
  const shown = await portlab('replay', 'empty', '--db', file);
  expect(shown.status).toBe(0);
  expect(shown.stdout).toContain('Nothing was recorded of it.');
  const at = await portlab('replay', 'empty', '--at', '5', '--json', '--db', file);
  expect(JSON.parse(at.stdout)).toMatchObject({ seq: -1, t: 0, event: null, arm: null });
});

test('a damaged recording fails and says where', async () => {
  const file = files.path('damaged.labdb');
  copyFileSync(db, file);
  const damage = new Database(file);
  damage.exec("UPDATE event_chunk SET body = x'00ff' WHERE first_seq = 0");
  damage.close();
  const { status, stderr } = await portlab('replay', id, '--at', '1', '--db', file);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^portlab: run .* can't be read: checksum does not match/);
});
