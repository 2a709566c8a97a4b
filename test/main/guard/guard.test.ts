import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CanarySample,
  type Guard,
  type GuardWanted,
  startGuard,
} from '#main/guard/guard-client.ts';
import type { LabReport } from './guarded-lab-child.ts';

const script = join(import.meta.dirname, 'simulated-guard-child.ts');
const READY_MS = 30_000;

const began = process.hrtime.bigint();
const now = (): number => Number(process.hrtime.bigint() - began);

let guard: Guard | null = null;
afterEach(async () => {
  await guard?.close();
  guard = null;
  delete process.env['PORTLAB_TEST_STARVE'];
});

/** Starts a guard and notes all it tells. @param starve when its host runs out of ports */
async function start(starve = '', wanted: Partial<GuardWanted> = {}) {
  if (starve !== '') process.env['PORTLAB_TEST_STARVE'] = starve;
  const samples: CanarySample[] = [];
  const starved: CanarySample[] = [];
  const died: string[] = [];
  guard = await startGuard({
    ffi: 'koffi',
    addresses: ['127.0.0.2', '127.0.0.3'],
    protocol: 'tcp',
    family: 'ipv4',
    now,
    onCanary: (sample) => samples.push(sample),
    onStarved: (sample) => starved.push(sample),
    onDied: (how) => died.push(how),
    readyMs: READY_MS,
    script,
    ...wanted,
  });
  return { guard, samples, starved, died };
}

async function until(holds: () => boolean, patienceMs = 10_000): Promise<number> {
  const from = performance.now();
  while (!holds()) {
    if (performance.now() - from > patienceMs) throw new Error(`not within ${patienceMs} ms`);
    await sleep(5);
  }
  return performance.now() - from;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A lab with a guard and an owner, to be ended in some way. */
async function startLab(how: 'lives' | 'hangs'): Promise<LabReport & { lab: ChildProcess }> {
  const lab = fork(join(import.meta.dirname, 'guarded-lab-child.ts'), [how], {
    execArgv: ['--no-warnings'],
  });
  const [report] = (await once(lab, 'message')) as [LabReport];
  expect([report.guard, report.owner].map(isRunning)).toEqual([true, true]);
  return { ...report, lab };
}

describe('the guard', () => {
  it('looks ten times a second, timed on the run’s clock, and goes when told', async () => {
    const before = now();
    const { guard, samples, starved, died } = await start();
    expect(guard.ports).toBe(17);
    await until(() => samples.length >= 8);
    for (const { t, durationNs, ...sample } of samples) {
      expect(sample).toEqual({ bind: 0, connect: 0, meant: false });
      expect(t).toBeGreaterThan(before);
      expect(t + durationNs).toBeLessThan(now());
    }
    const gaps = samples.slice(1).map(({ t }, i) => t - (samples[i]?.t ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(90e6);
    await guard.close();
    await guard.close();
    expect(isRunning(guard.pid)).toBe(false);
    expect([starved, died]).toEqual([[], []]);
  });

  it('takes failures inside an announced window for a measurement', async () => {
    const { guard, samples, starved } = await start('300-700');
    await guard.window(true);
    await until(() => samples.some(({ bind }) => bind !== 0));
    const worst = samples.find(({ bind }) => bind !== 0);
    expect(worst).toMatchObject({ bind: 10055, connect: 10055, meant: true });
    await until(() => samples.at(-1)?.bind === 0);
    await guard.window(false);
    const length = samples.length;
    await until(() => samples.slice(length).some(({ meant }) => !meant));
    expect(starved).toEqual([]);
  });

  it('tells the lab of failures outside a window, once, and lets it end by itself', async () => {
    const { guard, starved, died } = await start('300-9000');
    await until(() => starved.length > 0);
    expect(starved[0]).toMatchObject({ bind: 10055, meant: false });
    await sleep(500);
    await guard.close();
    expect(starved).toHaveLength(1);
    expect(died).toEqual([]);
  });

  it('gives up its ballast at once when the host is short, so that the canary is well again', async () => {
    const { guard, samples, starved } = await start('300-9000');
    await until(() => starved.length > 0);
    await until(() => samples.at(-1)?.bind === 0 && samples.at(-1)?.connect === 0);
    await guard.close();
  });

  it('kills the lab two seconds after a warning it did not act on', async () => {
    process.env['PORTLAB_TEST_STARVE'] = '300-9000';
    const { lab, guard, owner } = await startLab('lives');
    await once(lab, 'exit');
    expect(lab.signalCode).toBe('SIGKILL');
    await until(() => ![guard, owner].some(isRunning));
  });

  it('kills the owners and goes when the lab was killed', async () => {
    const { lab, guard, owner } = await startLab('lives');
    lab.kill('SIGKILL');
    await once(lab, 'exit');
    expect(await until(() => ![guard, owner].some(isRunning))).toBeLessThan(5_000);
  });

  it('kills a lab that hangs, and its owners, after five seconds of silence', async () => {
    const { lab, guard, owner } = await startLab('hangs');
    const from = performance.now();
    await once(lab, 'exit');
    expect(lab.signalCode).toBe('SIGKILL');
    expect(performance.now() - from).toBeGreaterThan(4_000);
    await until(() => ![guard, owner].some(isRunning));
  }, 30_000);

  it('is missed when it dies: no window can be opened then', async () => {
    const { guard, died } = await start();
    process.kill(guard.pid, 'SIGKILL');
    await until(() => died.length > 0);
    expect(died).toEqual(['ended by SIGKILL']);
    await expect(guard.window(true)).rejects.toThrow('the guard of this run has ended');
    await guard.window(false);
    await guard.close();
    expect(died).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')('is missed when it hangs', async () => {
    const { guard, died } = await start();
    process.kill(guard.pid, 'SIGSTOP');
    const opening = expect(guard.window(true)).rejects.toThrow('has ended');
    await until(() => died.length > 0);
    await opening;
    expect(died).toEqual(['it had not been heard for 5 s and was killed']);
    await until(() => !isRunning(guard.pid));
  });

  it('does not start where the host has no ports, or it is not ready in time', async () => {
    const tooMuch = start('', { ballast: 70 });
    await expect(tooMuch).rejects.toThrow('63 of 70 held');
    await expect(start('', { readyMs: 1 })).rejects.toThrow('not ready after 0.001 s');
    expect(guard).toBeNull();
  });
});
