import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Waits until this process alone may use what the lock file stands for. The lock is a `flock` held
 * by a small child that ends when its stdin closes: whatever way this process dies, the kernel
 * closes the pipe, the child goes, and the lock is free. Nothing stale is left to judge.
 * @param {string} file made if missing
 * @param {number} timeoutMs how long to queue
 * @returns {Promise<() => Promise<void>>} gives the lock back
 */
export async function acquireLock(file, timeoutMs) {
  mkdirSync(path.dirname(file), { recursive: true });
  const seconds = String(Math.ceil(timeoutMs / 1_000));
  // --no-fork: the child is the holder itself, so no orphan can keep the lock.
  const holder = spawn(
    'flock',
    ['--no-fork', '--timeout', seconds, file, 'sh', '-c', 'echo held; exec cat >/dev/null'],
    { stdio: ['pipe', 'pipe', 'ignore'], detached: true },
  );
  const ended = new Promise((resolve) => holder.once('exit', resolve));
  await new Promise((resolve, reject) => {
    holder.once('error', reject);
    holder.stdout.once('data', resolve);
    holder.once('exit', () => reject(new Error(`${file} is held by another run for ${seconds} s`)));
  });
  return async () => {
    holder.stdin.end();
    await ended;
  };
}
