import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * First core this process may use. wineserver and its clients all go there: on one core
 * socket + bind takes 61 to 75 us, steadily; across two, 350 to 400 us and noisy.
 * @returns {string} core number as `taskset -c` takes it
 */
export function wineCore() {
  const allowed = /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return allowed?.[1] ?? '0';
}

/**
 * Path of a program, or undefined where PATH doesn't have it. The folders of system programs are
 * searched too: `ip` is in /usr/sbin, which an ordinary user's PATH lacks.
 * @param {string} name
 */
export function findProgram(name) {
  const folders = (process.env['PATH'] ?? '').split(':');
  for (const folder of [...folders, '/usr/bin', '/bin', '/usr/sbin', '/sbin']) {
    if (folder === '') continue;
    try {
      if (readdirSync(folder).includes(name)) return path.join(folder, name);
    } catch {
      // A PATH entry that doesn't exist.
    }
  }
  return undefined;
}

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} timeoutMs the command is killed after that
 */

/**
 * Runs a command to its end, without a terminal or pipes: programs under Wine get files, because
 * Node there dies of pipes inherited from Linux.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<{ status: number | null, output: string }>} stdout and stderr together
 */
export async function runCommand(program, args, { cwd, env, timeoutMs }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'portlab-'));
  const file = path.join(folder, 'output');
  const out = openSync(file, 'w');
  try {
    const status = await new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        ...(cwd === undefined ? {} : { cwd }),
        ...(env === undefined ? {} : { env }),
        stdio: ['ignore', out, out],
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
      });
      child.once('error', reject);
      child.once('exit', resolve);
    });
    return { status, output: readFileSync(file, 'utf8') };
  } finally {
    closeSync(out);
    rmSync(folder, { recursive: true, force: true });
  }
}
