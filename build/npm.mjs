import { spawnSync } from 'node:child_process';

/**
 * Runs npm, its output on stderr unless it is wanted. npm tells its scripts where it lives; without
 * that (plain `node build/…`) the one on PATH serves. Built-ins only: also runs before anything is
 * installed.
 * @param {readonly string[]} args
 * @param {{ cwd: string, timeoutMs: number, capture?: boolean }} options it is ended after `timeoutMs`
 * @returns {{ ok: boolean, stdout: string, timedOut: boolean }} `stdout` only with `capture`
 */
export function runNpm(args, { cwd, timeoutMs, capture = false }) {
  const npm = process.env['npm_execpath'];
  const byPath = npm !== undefined && /\.c?js$/.test(npm);
  const { status, error, stdout } = spawnSync(
    byPath ? process.execPath : 'npm',
    byPath ? [npm, ...args] : [...args],
    {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', capture ? 'pipe' : 2, 2],
      maxBuffer: 256 * 1024 * 1024,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      shell: !byPath && process.platform === 'win32',
    },
  );
  const timedOut = /** @type {NodeJS.ErrnoException | undefined} */ (error)?.code === 'ETIMEDOUT';
  return { ok: error === undefined && status === 0, stdout: stdout ?? '', timedOut };
}
