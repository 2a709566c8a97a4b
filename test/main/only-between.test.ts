import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { runWishSchema } from '#engine/api/run-wish.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { timeWindowText } from '#engine/experiment/time-window.ts';
import { requestOf } from '#main/service/api/run-request-of.ts';
import { scratch, startPortlab, type Ended } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());
const db = files.path('runs.labdb');

/** An hour before to an hour after now, in UTC. */
function aroundNow(): string {
  const now = new Date();
  const minute = now.getUTCHours() * 60 + now.getUTCMinutes();
  return timeWindowText({ from: (minute + 1_380) % 1_440, to: (minute + 60) % 1_440 });
}

/** Runs the console where the clock on the wall shows this zone's time. */
function portlabIn(zone: string, ...args: readonly string[]): Promise<Ended> {
  return startPortlab([...args, '--db', db, '--json'], { TZ: zone }).ended;
}

const SWEEP = ['run', 'sweep', '--stack', 'simulated', '--only-between'];

describe('portlab --only-between', () => {
  test('inside the window it runs, and the window is in the command that repeats it', async () => {
    const window = aroundNow();
    const { status, stdout, stderr } = await portlabIn('UTC', ...SWEEP, window);
    expect(status, stderr).toBe(0);
    expect((JSON.parse(stdout) as RunDocument).command).toContain(`--only-between ${window}`);
  });

  test('outside it, by the host’s own clock, it is refused and nothing is recorded', async () => {
    const window = aroundNow();
    // Fourteen hours ahead of UTC.
    const { status, stdout } = await portlabIn('Etc/GMT-14', ...SWEEP, window);
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { kind: 'refused', message: expect.stringMatching(`${window}: it is \\d\\d:\\d\\d`) },
    });
    const dry = await portlabIn('Etc/GMT-14', ...SWEEP, window, '--dry-run');
    expect(dry.status).toBe(0);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      refusal: { message: expect.stringContaining(window) },
    });
  });

  test('holds for a script too', async () => {
    const script = files.path('a.json');
    const steps = [{ op: 'socket', as: 'a' }];
    writeFileSync(script, JSON.stringify({ portlab: 'script/1', title: 'A test', steps }));
    const asked = ['script', script, '--stack', 'simulated', '--only-between', aroundNow()];
    expect((await portlabIn('UTC', ...asked)).status).toBe(0);
    expect((await portlabIn('Etc/GMT-14', ...asked)).status).toBe(3);
  });

  test('what is no part of the day is bad usage', async () => {
    for (const window of ['9-10', '10:00-10:00', '25:00-01:00']) {
      const { status, stderr } = await portlabIn('UTC', ...SWEEP, window);
      expect([status, stderr], window).toEqual([2, expect.stringContaining('22:00-05:30')]);
    }
  });
});

test('the screens’ wish carries it as text, checked for form', () => {
  const asked = { experiment: 'sweep', onlyBetween: '22:00-05:30' };
  expect(requestOf(runWishSchema.parse(asked)).onlyBetween).toEqual({ from: 1_320, to: 330 });
  expect(requestOf(runWishSchema.parse({ experiment: 'sweep' })).onlyBetween).toBeUndefined();
  expect(runWishSchema.safeParse({ ...asked, onlyBetween: 'at night' }).success).toBe(false);
  // Its form is right; that both times are the same is for the service to say.
  const same = runWishSchema.parse({ ...asked, onlyBetween: '10:00-10:00' });
  expect(() => requestOf(same)).toThrow(/part of the day/);
});
