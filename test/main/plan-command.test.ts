import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanCheck } from '#engine/planner/check-plan.ts';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { portlab, scratch, type Ended } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());

type Printed = PlanDocument & {
  readonly checks: readonly PlanCheck[];
  readonly notes: readonly string[];
};

const NEED = ['--connections', '45000', '--remotes', '12'];
const FULL = [...NEED, '--per-second', '150', '--headroom', '20%'];

async function plan(...args: readonly string[]): Promise<Printed> {
  const { status, stdout, stderr } = await portlab('plan', ...args, '--json');
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Printed;
}

/** A command the lab printed, as somebody would paste it. */
function pasted(command: string | null): Promise<Ended> {
  const [program, ...args] = (command ?? '').split(' ');
  expect(program).toBe('portlab');
  return portlab(...args, '--db', files.path('verify.db'), '--json');
}

describe('portlab plan', () => {
  test('prints the fields scripts rely on, with the defaults they rely on', async () => {
    const document = await plan(...NEED);
    expect(document.need).toMatchObject({
      connections: 45_000,
      remotes: 12,
      perSecond: 0,
      headroomPercent: 0,
      heldAtPeak: 45_000,
      capacity: 45_000,
      usablePerAddress: 16_384,
    });
    expect(document.host).toMatchObject({ profile: 'documented', addresses: 1 });
    for (const one of document.strategies) {
      expect(Object.keys(one)).toEqual(
        expect.arrayContaining([
          'strategy',
          'addressesNeeded',
          'portsLeftForLegacy',
          'secondsToExhaustion',
          'firstLimit',
          'because',
        ]),
      );
      expect(one.secondsToExhaustion).toBeNull();
    }
    expect(document.assumptions).toContain('PS-1');
    expect(document.powershell).toMatch(/^# Review first/);
  });

  test('checks its own answer on the model, and shows one address fewer', async () => {
    const profile = files.path('one-remote.json');
    writeFileSync(profile, JSON.stringify({ base: 'windows-server-2008r2' }));
    const document = await plan(
      '--connections',
      '60000',
      '--remotes',
      '1',
      '--headroom',
      '30',
      '--profile',
      profile,
      '--addresses',
      '9',
    );
    expect(document.recommended).toBe('port-pool');
    const [enough, fewer] = document.checks;
    expect(enough).toMatchObject({ addresses: 4, met: true, held: 85_715 });
    expect(fewer).toMatchObject({ addresses: 3, met: false, held: 81_000 });
  });

  test('the command it prints carries the plan out', async () => {
    const file = files.path('host.json');
    const saved = await plan(...FULL, '--addresses', '4', '--save', file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(saved.verifyProfile);
    const ran = await pasted(saved.verify);
    expect(ran.status, ran.stderr).toBe(0);
    const { measures, verdict } = JSON.parse(ran.stdout) as RunDocument;
    expect(measures).toMatchObject({ 'plan.held': 78_750, 'plan.holds': 1, 'plan.need': 63_000 });
    expect(verdict).toContain('20 % kept free');
  });

  test('a shipped profile needs no file for that', async () => {
    const { verify, verifyProfile, recommended } = await plan(
      '--connections',
      '4000',
      '--remotes',
      '1',
      '--profile',
      'windows-server-2022',
    );
    expect({ recommended, verifyProfile }).toEqual({ recommended: 'legacy', verifyProfile: null });
    const ran = await pasted(verify);
    expect(ran.status, ran.stderr).toBe(0);
    expect((JSON.parse(ran.stdout) as RunDocument).measures['plan.holds']).toBe(1);
  });

  test('as text: what it is, the answer, then the evidence and what to do', async () => {
    const { status, stdout } = await portlab('plan', ...FULL, '--addresses', '4');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^SIMULATED, profile documented .*not measured\nOn paper, use unicast/);
    const titles = [
      'Strategies, the best first',
      'Checked on the model',
      'Why',
      'Rule of thumb',
      'This plan assumes',
      'PowerShell to review; the lab never runs it',
      'To carry the plan out',
    ];
    const places = titles.map((title) => stdout.indexOf(`\n${title}`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(stdout).toContain('with --save plan-host.json');
    expect(stdout).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test('--time-wait and --addresses stand over the profile', async () => {
    const document = await plan(
      ...FULL,
      '--time-wait',
      '240',
      '--addresses',
      '3',
      '--profile',
      'wine-8',
    );
    expect(document.need.heldAtPeak).toBe(45_000 + 150 * 240);
    expect(document.host).toMatchObject({ addresses: 3, timeWaitSeconds: 240 });
  });
});

describe('from a recorded run', () => {
  const db = files.path('runs.db');
  let id = '';
  beforeAll(async () => {
    const profile = files.path('small.json');
    writeFileSync(
      profile,
      JSON.stringify({ dynamicRanges: { tcp4: { start: 50_000, count: 800 } } }),
    );
    const ran = await portlab(
      'run',
      'capacity',
      '--stack',
      'simulated',
      '--profile',
      profile,
      '--db',
      db,
      '--json',
      '--addresses',
      '10.0.0.1,10.0.0.2,10.0.0.3',
    );
    id = (JSON.parse(ran.stdout) as RunDocument).run.id;
  });

  test('its host’s figures hold', async () => {
    const { host } = await plan(...NEED, '--from', 'last', '--db', db);
    expect(host).toMatchObject({
      name: id,
      from: 'run',
      addresses: 3,
      dynamicRange: { start: 50_000, count: 800 },
    });
  });

  test('an unknown one is refused', async () => {
    const { status, stderr } = await portlab('plan', ...NEED, '--from', 'nosuchrun', '--db', db);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^portlab: .*nosuchrun/);
  });
});

describe('what makes no sense', () => {
  test.each([
    ['no need at all', [], /--connections/],
    ['no remotes', ['--connections', '5'], /--remotes/],
    ['no connection', ['--connections', '0', '--remotes', '1'], /whole number from 1/],
    ['half a connection', ['--connections', '1.5', '--remotes', '1'], /whole number/],
    ['nothing but headroom', [...NEED, '--headroom', '100%'], /0% to 99%/],
    ['a negative rate', [...NEED, '--per-second', '-1'], /from 0 to/],
    ['no address', [...NEED, '--addresses', '0'], /from 1 to/],
    ['an unknown profile', [...NEED, '--profile', 'nonsense'], /unknown profile nonsense/],
    ['a file that would be no profile', [...NEED, '--save', 'plan.txt'], /\.json/],
  ])('is refused in one line: %s', async (_what, args, words) => {
    const { status, stdout, stderr } = await portlab('plan', ...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test.runIf(process.platform !== 'win32')('this host, where it is no Windows', async () => {
    const { status, stderr } = await portlab('plan', ...NEED, '--from', 'host');
    expect(status).toBe(3);
    expect(stderr).toMatch(/this is (Linux|macOS); .*--profile/);
    const { host, notes } = await plan(
      ...NEED,
      '--from',
      'host',
      '--profile',
      'windows-server-2022',
    );
    expect(host.from).toBe('host');
    expect(notes.join(' ')).toContain('windows-server-2022 stands for it');
  });
});
