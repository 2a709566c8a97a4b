import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI, pinnedNode } from '#build/setup.mjs';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 60_000;

/** Starts the built console as a shell would. @param env besides the test's own */
export function startPortlab(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): {
  child: ChildProcess;
  ended: Promise<Ended>;
} {
  const child = spawn(pinnedNode(), [CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const ended = new Promise<Ended>((done, failed) => {
    child.once('error', failed);
    child.once('close', (status) => done({ status, stdout, stderr }));
  });
  return { child, ended };
}

export function portlab(...args: readonly string[]): Promise<Ended> {
  return startPortlab(args).ended;
}

/** A folder for one test file's databases and reports; `remove` takes it away. */
export function scratch(): { path(name: string): string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'portlab-test-'));
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
