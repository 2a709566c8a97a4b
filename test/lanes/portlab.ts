import { spawn } from 'node:child_process';
import { CLI, pinnedNode } from '#build/setup.mjs';

const TIMEOUT_MS = 120_000;

export interface PortlabEnded {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built console on the project's Node to its end. */
export async function runPortlab(args: readonly string[], cwd: string): Promise<PortlabEnded> {
  const child = spawn(pinnedNode(), [CLI, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, stdout, stderr };
}
