import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ensureBuilt, pinnedNode } from '#build/setup.mjs';
import { withPrefix } from '#build/wine/run.mjs';

/** Loopback, and so few ports that all of them can be taken. */
const INSIDE =
  'ip link set lo up && echo "50000 50255" > /proc/sys/net/ipv4/ip_local_port_range && exec "$@"';

/**
 * Runs a script of namespace/ on Linux, inside a network namespace of its own, where the lab that it
 * starts then runs too.
 * @returns what it prints, which is JSON
 */
export async function inNamespace<T>(
  script: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<T> {
  await ensureBuilt();
  // What the lane still lacks comes from a registry, which no namespace of its own reaches.
  await withPrefix({}, async () => {});
  const file = join(import.meta.dirname, 'namespace', `${script}.ts`);
  const child = spawn(
    'unshare',
    ['-rn', 'sh', '-c', INSIDE, 'sh', pinnedNode(), '--no-warnings', file, ...args],
    { stdio: ['ignore', 'pipe', 'inherit'], timeout: timeoutMs },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const status = await new Promise((done) => child.once('close', done));
  expect(status, output).toBe(0);
  return JSON.parse(output) as T;
}
