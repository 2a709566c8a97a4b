import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ensureBuilt, pinnedNode } from '#build/setup.mjs';
import { describeWine } from './lane.ts';
import type { HoldingReport } from './namespace/watch-holding.ts';

const TEST_MS = 300_000;
const cwd = mkdtempSync(join(tmpdir(), 'portlab-wine-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** Runs the watcher inside a namespace of its own, where the lab then runs too. */
async function watch(how: 'let-it-end' | 'kill' | 'interrupt'): Promise<HoldingReport> {
  await ensureBuilt();
  const inside =
    'ip link set lo up && echo "50000 50255" > /proc/sys/net/ipv4/ip_local_port_range && exec "$@"';
  const script = join(import.meta.dirname, 'namespace', 'watch-holding.ts');
  const child = spawn(
    'unshare',
    ['-rn', 'sh', '-c', inside, 'sh', pinnedNode(), script, how, cwd],
    { stdio: ['ignore', 'pipe', 'inherit'], timeout: TEST_MS },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const status = await new Promise((done) => child.once('close', done));
  expect(status, output).toBe(0);
  return JSON.parse(output) as HoldingReport;
}

describeWine('while a run holds its ports', () => {
  it(
    'another program finds them taken, and all of them free afterwards',
    async () => {
      expect(await watch('let-it-end')).toEqual({
        takenBefore: 0,
        takenDuring: 1_024,
        takenAfter: 0,
        runs: ['complete'],
        exit: 0,
      });
    },
    TEST_MS,
  );

  it(
    'Ctrl-C releases them, and the run shows as cancelled',
    async () => {
      expect(await watch('interrupt')).toEqual({
        takenBefore: 0,
        takenDuring: 1_024,
        takenAfter: 0,
        runs: ['complete', 'cancelled'],
        exit: 130,
      });
    },
    TEST_MS,
  );

  it(
    'kill -9 releases them, the run shows as interrupted, and the next one works',
    async () => {
      expect(await watch('kill')).toEqual({
        takenBefore: 0,
        takenDuring: 1_024,
        takenAfter: 0,
        runs: ['complete', 'cancelled', 'interrupted', 'complete'],
        exit: 137,
      });
    },
    TEST_MS,
  );
});
