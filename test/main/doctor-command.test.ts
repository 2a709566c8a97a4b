import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHeadroom } from '#data/headroom-reader.ts';
import type { DoctorDocument } from '#engine/doctor/doctor-document.ts';
import type { HeadroomSample } from '#engine/doctor/headroom-sample.ts';
import { portlab, scratch, startPortlab } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());

/** Crowded after a second, and with an application that uses the option. */
const profile = files.path('crowded.json');
beforeAll(() => {
  const option = { protocol: 'tcp', start: 50_300, count: 50, kind: 'option' };
  writeFileSync(
    profile,
    JSON.stringify({
      base: 'windows-server-2022',
      addresses: ['10.0.0.1', '10.0.0.2'],
      dynamicRanges: { tcp4: { start: 50_000, count: 1_000 } },
      holders: ['10.0.0.1', '10.0.0.2'].map((address) => ({ ...option, address })),
      churn: [{ protocol: 'tcp', address: '0.0.0.0', perSecond: 900, holdSeconds: 600 }],
    }),
  );
});

const here = process.platform === 'win32' ? describe.skip : describe;

here('where there is no Windows', () => {
  test.each([['doctor'], ['watch']])('%s is refused, and says what to do', async (command) => {
    const { status, stdout, stderr } = await portlab(command, '--db', files.path('none.db'));
    expect(status).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^portlab: .*this is (Linux|macOS); .*--profile/);
  });
});

describe('portlab doctor', () => {
  test('of a modelled host after its first second: figures, holders, advice', async () => {
    const { status, stdout } = await portlab('doctor', '--profile', profile, '--json');
    expect(status).toBe(0);
    const document = JSON.parse(stdout) as DoctorDocument;
    expect(Object.keys(document).slice(0, 7)).toEqual([
      'advice',
      'headroom',
      'holders',
      'timeWait',
      'events',
      'oddities',
      'unexplained',
    ]);
    expect(document).toMatchObject({ basis: 'modelled', profile, unexplained: 0 });
    const [tcp4] = document.headroom;
    expect(tcp4?.total).toBe(1_000);
    expect(tcp4?.used).toBeGreaterThan(700);
    expect(tcp4?.freeOnAll).toBe(1_000 - (tcp4?.used ?? 0));
    expect(document.holders.map(({ ports }) => ports)).toEqual([(tcp4?.used ?? 0) - 50, 50]);
    expect(document.oddities.join()).toContain('appears to use SO_PORT_SCALABILITY');
  });

  test('as text: labelled before anything else, the sentence next, then the tables', async () => {
    const { status, stdout } = await portlab('doctor', '--profile', profile);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^SIMULATED, profile .*\n\n\S.* ports? \(/);
    const titles = ['Headroom', 'Who holds what', 'Oddities', 'Not known', 'PowerShell to review'];
    const places = titles.map((title) => stdout.indexOf(`\n${title}`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(stdout).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test('an unknown profile is a bad one', async () => {
    const { status, stderr } = await portlab('doctor', '--profile', 'nonsense');
    expect(status).toBe(2);
    expect(stderr).toContain('unknown profile nonsense');
  });
});

describe('portlab watch', () => {
  const QUESTION = {
    hostname: profile,
    basis: 'modelled',
    profile,
    since: '2000-01-01T00:00:00.000Z',
    most: 1_000,
  } as const;

  test('prints one document at the end, and has recorded all of it', async () => {
    const db = files.path('watch.db');
    const { status, stdout, stderr } = await portlab(
      'watch',
      '--json',
      '--every=0.2',
      '--for=0.5',
      `--profile=${profile}`,
      `--db=${db}`,
    );
    expect(status, stderr).toBe(0);
    const { samples } = JSON.parse(stdout) as { samples: HeadroomSample[] };
    expect(samples.length).toBeGreaterThanOrEqual(2);
    const free = samples.map(({ pools }) => pools[0]?.freeOnAll ?? -1);
    expect(free.at(-1), 'virtual time goes on').toBeLessThan(free[0] ?? -1);
    expect(stderr.match(/SIMULATED {2}free on all: TCP IPv4 /g)).toHaveLength(samples.length);
    expect(readHeadroom(db, QUESTION)).toEqual({ samples, recorded: samples.length });
  });

  test('is refused a pace it can’t keep', async () => {
    const { status } = await portlab('watch', '--every', '0', '--profile', profile);
    expect(status).toBe(2);
  });

  test.runIf(process.platform !== 'win32').each([
    ['as it was meant to', [], 0],
    ['before its time', ['--for', '600'], 130],
  ])('Ctrl-C ends it %s, and what was recorded is kept', async (_how, more, status) => {
    const db = files.path(`ended-${status}.db`);
    const args = ['watch', '--profile', profile, '--every', '0.1', '--db', db, ...more];
    const { child, ended } = startPortlab(args);
    await untilRecorded(db, 3);
    child.kill('SIGINT');
    const { status: left, stdout } = await ended;
    expect(left).toBe(status);
    const printed = stdout.trimEnd().split('\n').length;
    expect(readHeadroom(db, QUESTION).recorded).toBe(printed);
  });

  async function untilRecorded(db: string, looks: number): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      if (readHeadroom(db, QUESTION).recorded >= looks) return;
      await sleep(50);
    }
    throw new Error(`no ${looks} looks were recorded`);
  }
});
