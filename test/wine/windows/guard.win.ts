import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { createWinsockStack, type WinsockStack } from '#native/winsock/winsock-stack.ts';
import { type CanarySample, type Guard, startGuard } from '#main/guard/guard-client.ts';
import type { LabReport } from './guarded-lab-child.ts';
import { isFree, isRunning, until } from './process-watch.ts';

const HOST = '127.0.0.8';
const READY_MS = 60_000;
const PATIENCE_MS = 20_000;
/** What Wine's ws2_32 answers where no port is left. */
const EMPTY = { bind: WSA.WSAEADDRINUSE, connect: WSA.WSAEADDRNOTAVAIL };

interface Bench {
  readonly stack: WinsockStack;
  readonly guard: Guard;
  readonly samples: readonly CanarySample[];
  readonly starved: readonly CanarySample[];
  readonly died: readonly string[];
}

async function withGuard(check: (bench: Bench) => Promise<void>): Promise<void> {
  const stack = createWinsockStack({ ffi: openFfi('koffi'), sink: NULL_SINK });
  const samples: CanarySample[] = [];
  const starved: CanarySample[] = [];
  const died: string[] = [];
  const guard = await startGuard({
    ffi: 'koffi',
    addresses: [HOST],
    protocol: 'tcp',
    family: 'ipv4',
    now: () => stack.now(),
    onCanary: (sample) => samples.push(sample),
    onStarved: (sample) => starved.push(sample),
    onDied: (how) => died.push(how),
    readyMs: READY_MS,
  });
  try {
    await check({ stack, guard, samples, starved, died });
  } finally {
    await guard.close();
    stack.dispose();
  }
  assert.equal(isRunning(guard.pid), false);
}

/** Binds to every port there is, on one address, and then on the wildcard one. @returns how many */
function fillUp(stack: WinsockStack): number {
  const fill = { protocol: 'tcp', family: 'ipv4', options: [], budgetNs: 60e9 } as const;
  const address = stack.intern(HOST);
  return stack.fill({ ...fill, addresses: [address], from: 0, count: 1_000 }).bound;
}

describe('the guard on real sockets', () => {
  it('finds the host well, ten times a second, on the run’s clock', async () => {
    await withGuard(async ({ stack, samples, starved }) => {
      const from = stack.now();
      await until(() => samples.length >= 20, PATIENCE_MS);
      const seconds = (stack.now() - from) / 1e9;
      for (const sample of samples) {
        const { bind, connect, meant, t, durationNs } = sample;
        assert.deepEqual({ bind, connect, meant }, { bind: 0, connect: 0, meant: false });
        assert.ok(t + durationNs < stack.now());
      }
      const slowest = Math.max(...samples.map(({ durationNs }) => durationNs)) / 1e6;
      process.stdout.write(
        `# 20 looks in ${seconds.toFixed(2)} s, the slowest ${slowest.toFixed(1)} ms\n`,
      );
      assert.ok(seconds < 5);
      assert.deepEqual(starved, []);
    });
  });

  it('measures starvation inside a window, by bind and by connect', async () => {
    await withGuard(async ({ stack, guard, samples, starved }) => {
      await guard.window(true);
      const held = fillUp(stack);
      assert.ok(held > 200, `${held} ports`);
      const ms = await until(() => samples.some(({ bind }) => bind !== 0), PATIENCE_MS);
      process.stdout.write(`# starvation seen ${ms.toFixed(0)} ms after the last port\n`);
      const { bind, connect, meant } = samples.at(-1) ?? {};
      assert.deepEqual({ bind, connect, meant }, { ...EMPTY, meant: true });
      stack.closeAll();
      await guard.window(false);
      await until(() => samples.at(-1)?.meant === false, PATIENCE_MS);
      await until(() => samples.at(-1)?.bind === 0, PATIENCE_MS);
      assert.deepEqual(starved, []);
    });
  });

  it('warns of it outside a window, and gives the host its ballast', async () => {
    await withGuard(async ({ stack, guard, samples, starved }) => {
      fillUp(stack);
      const ms = await until(() => starved.length > 0, PATIENCE_MS);
      process.stdout.write(`# warned ${ms.toFixed(0)} ms after the last port\n`);
      const [first] = starved;
      // The first attempt to fail may have begun while there still were ports.
      assert.ok(first?.bind === EMPTY.bind || first?.connect === EMPTY.connect);
      const again = await until(() => samples.at(-1)?.bind === 0, PATIENCE_MS);
      process.stdout.write(`# well again by the ballast ${again.toFixed(0)} ms later\n`);
      stack.closeAll();
      await guard.close();
      assert.equal(starved.length, 1);
    });
  });

  it('is missed when it is killed', async () => {
    await withGuard(async ({ guard, died }) => {
      process.kill(guard.pid, 'SIGKILL');
      await until(() => died.length > 0, PATIENCE_MS);
      await assert.rejects(guard.window(true), /guard of this run has ended/);
    });
  });
});

describe('a lab with a guard and probes', () => {
  for (const how of ['lives', 'hangs'] as const) {
    it(`that ${how === 'lives' ? 'is killed' : how} leaves nobody and no port behind`, async () => {
      const lab = fork(join(import.meta.dirname, 'guarded-lab-child.ts'), [how], {
        execArgv: ['--no-warnings'],
      });
      const [report] = (await once(lab, 'message')) as [LabReport];
      const stack = createWinsockStack({ ffi: openFfi('koffi'), sink: NULL_SINK });
      const free = () => report.ports.every((port) => isFree(stack, HOST, port));
      assert.deepEqual([report.pids.length, report.ports.length, free()], [3, 60, false]);
      const began = performance.now();
      if (how === 'lives') lab.kill('SIGKILL');
      await once(lab, 'exit');
      const dead = performance.now() - began;
      const gone = await until(() => !report.pids.some(isRunning), 5_000);
      const released = await until(free, 5_000);
      process.stdout.write(
        `# lab dead after ${dead.toFixed(0)} ms, all others ${gone.toFixed(0)} ms later, ports free ${released.toFixed(0)} ms after that\n`,
      );
      if (how === 'hangs') assert.ok(dead < 8_000, `${dead} ms`);
      stack.dispose();
    });
  }
});
