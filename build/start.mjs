/**
 * `npm start`: set-up if needed, then the desktop; where there is no display or no Electron to be had
 * in 30 s, the same screens served until Ctrl-C, the reason on stderr and the address on stdout.
 * Arguments go on to what is started (`--db FILE`, `--port N`).
 */
import { spawn } from 'node:child_process';
import { MAIN } from './electron/places.mjs';
import { ensureTestElectron } from './electron/runtime.mjs';
import { fetchShippedElectron } from './electron/shipped.mjs';
import { CLI, SetupError, ensureBuilt, pinnedNode } from './setup.mjs';
import { findProgram } from './wine/command.mjs';

const DOWNLOAD_MS = 30_000;
/** A desktop that ends with an error sooner than that has shown nothing. */
const START_MS = 10_000;
/** The same Ctrl-C comes more than once: from the terminal, and from npm. */
const SAME_SIGNAL_MS = 500;
const PARENT_POLL_MS = 500;

/** Exit status of what was called with arguments it doesn't take. */
const USAGE = 2;
/** Exit status of what could not be started, as shells give it. */
const NOT_STARTED = 127;

const args = process.argv.slice(2);
// npm starts scripts in the project's folder; files on the command line are the caller's.
const { INIT_CWD: caller, npm_lifecycle_event: script } = process.env;
const cwd = caller !== undefined && script === 'start' ? caller : process.cwd();

try {
  await ensureBuilt();
  const desktop = await findDesktop();
  if ('binary' in desktop) {
    const started = performance.now();
    const status = await run(desktop.binary, [...sandboxFlags(), MAIN, ...args], 'inherit');
    const failed = status !== 0 && status !== USAGE && performance.now() - started < START_MS;
    if (failed) await serve(`Electron could not start here (it ended with ${status})`);
    else process.exitCode = status;
  } else {
    await serve(desktop.reason);
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`start: ${error.message}\n`);
  process.exitCode = 1;
}

/** @returns {Promise<{ binary: string } | { reason: string }>} */
async function findDesktop() {
  if (!hasDisplay()) return { reason: 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY)' };
  // The test runtime is past its end of life: never without being asked for.
  if (process.env['PORTLAB_TEST_RUNTIME'] === '1') return ensureTestElectron();
  const fetched = fetchShippedElectron(DOWNLOAD_MS);
  return 'electron' in fetched ? fetched.electron : fetched;
}

function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
}

/** Chromium's sandbox refuses root; the window is Node-less either way, and loads nothing remote. */
function sandboxFlags() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** @param {string} reason */
async function serve(reason) {
  process.stderr.write(`No window: ${reason}.\nServing the same screens until Ctrl-C, at\n`);
  // The channel tells it when this process is gone, so that it never serves on unattended.
  process.exitCode = await run(pinnedNode(), [CLI, 'serve', ...args], 'ipc');
}

/**
 * Runs a program to its end. Ctrl-C and other signals reach it through here, each once; when npm is
 * killed, which tells nobody, or this process, it ends too.
 * @param {string} program
 * @param {readonly string[]} programArgs
 * @param {'ipc' | 'inherit'} channel
 * @returns {Promise<number>} its exit status
 */
function run(program, programArgs, channel) {
  const setpriv = channel === 'ipc' ? undefined : findProgram('setpriv');
  const guard = setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'TERM'];
  const [command = program, ...commandArgs] = [...guard, program, ...programArgs];
  const child = spawn(command, commandArgs, {
    cwd,
    stdio: ['inherit', 'inherit', 'inherit', ...(channel === 'ipc' ? [channel] : [])],
    // Out of the terminal's process group. Windows has none, and would open a console for it.
    detached: process.platform !== 'win32',
  });
  let lastAt = Number.NEGATIVE_INFINITY;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    const now = performance.now();
    if (now - lastAt < SAME_SIGNAL_MS) return;
    lastAt = now;
    child.kill(signal);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, forward);
  const parent = process.ppid;
  const poll = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(poll);
    forward('SIGTERM');
  }, PARENT_POLL_MS);
  return new Promise((resolve) => {
    /** @param {number} status */
    const ended = (status) => {
      clearInterval(poll);
      for (const name of signals) process.off(name, forward);
      resolve(status);
    };
    child.once('error', ({ message }) => {
      process.stderr.write(`start: ${message}\n`);
      ended(NOT_STARTED);
    });
    child.once('exit', (code, signal) => ended(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
