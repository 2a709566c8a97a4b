import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { findProgram } from '#build/wine/command.mjs';
import { endProcess, hasEnded, waitUntil } from './processes.ts';

const START_MS = 15_000;

export interface Display {
  /** Environment that puts a program's windows there. */
  readonly env: NodeJS.ProcessEnv;
  readonly end: () => Promise<void>;
}

/** A virtual display of its own for a worker on Linux; elsewhere the machine's. */
export async function openDisplay(): Promise<Display> {
  if (process.platform !== 'linux') return { env: {}, end: async () => {} };
  // It picks a free number and writes it to file descriptor 3.
  const server = ['Xvfb', '-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'];
  // The kernel ends it when this worker dies, however that happens.
  const guarded =
    findProgram('setpriv') === undefined ? server : ['setpriv', '--pdeathsig', 'TERM', ...server];
  const [program = '', ...args] = guarded;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let number = '';
  let said = '';
  child.on('error', (error) => (said += error.message));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const numbers = child.stdio[3] as Readable;
  numbers.on('data', (chunk: Buffer) => (number += chunk.toString('utf8')));
  await waitUntil(() => number.includes('\n') || hasEnded(child), START_MS);
  if (!number.includes('\n')) {
    await endProcess(child, 'SIGTERM', 5_000);
    throw new Error(`Xvfb did not start: ${said.trim()}`);
  }
  return {
    env: { DISPLAY: `:${number.trim()}` },
    end: async () => void (await endProcess(child, 'SIGTERM', 5_000)),
  };
}
