import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram, wineCore } from './command.mjs';
import { acquireLock } from './lock.mjs';
import { NODE_EXE, WINE_HOME } from './places.mjs';
import { endWineServer, ensurePrefix, poseAs, wineEnvironment } from './prefix.mjs';
import { ensureWin32Tree, syncIntoWin32 } from './win32-tree.mjs';

/** @typedef {import('./prefix.mjs').Product} Product */

/**
 * @typedef {object} WineRun
 * @property {readonly string[]} args arguments of node.exe
 * @property {readonly string[]} [sync] what to bring into the Windows tree first, relative to the project
 * @property {string} [cwd] Linux folder the program starts in; default: the caller's
 * @property {NodeJS.ProcessEnv} [env] added to the caller's environment
 * @property {string} [netnsRange] two port numbers, `"50000 50255"`: runs in a fresh network namespace with that local port range
 * @property {Product} [product] Windows edition to pose as; default workstation
 * @property {number} timeoutMs the program is killed after that (set-up and queueing not counted)
 * @property {(chunk: Buffer) => void} [onStdout] gets stdout as it is written, byte for byte
 * @property {(chunk: Buffer) => void} [onStderr]
 */

/**
 * @typedef {object} WineResult
 * @property {number} status exit status; 128 + signal number where a signal ended it
 * @property {boolean} timedOut
 */

const LOCK = path.join(WINE_HOME, 'lock');
const QUEUE_MS = 1_800_000;
const POLL_MS = 40;

/** Steps inside the namespace before the program: loopback up, local port range, then become it. */
const IN_NAMESPACE =
  'ip link set lo up && echo "$1" > /proc/sys/net/ipv4/ip_local_port_range && shift && exec "$@"';

/**
 * The command line. Each program replaces itself by the next, so the child's process id is
 * node.exe's in the end, and a signal sent to it arrives there. `setpriv` makes the kernel kill it
 * when the caller dies.
 * @param {Pick<WineRun, 'args' | 'netnsRange'>} run
 * @returns {string[]}
 */
export function commandLine({ args, netnsRange }) {
  const node = ['wine', NODE_EXE, ...args];
  const pinned = ['setpriv', '--pdeathsig', 'KILL', 'taskset', '-c', wineCore(), ...node];
  if (netnsRange === undefined) return pinned;
  if (!/^\d{1,5} \d{1,5}$/.test(netnsRange)) {
    throw new RangeError(
      `"${netnsRange}" is no local port range; two numbers are, as "50000 50255"`,
    );
  }
  return ['unshare', '-rn', 'sh', '-c', IN_NAMESPACE, 'sh', netnsRange, ...pinned];
}

/**
 * Reads what a growing file has gained. Wine's Node needs files for its output (Linux pipes kill
 * it), so the caller sees progress by reading behind the writer.
 * @param {string} file
 * @param {((chunk: Buffer) => void) | undefined} receive
 */
function follow(file, receive) {
  const fd = openSync(file, 'r');
  const buffer = Buffer.alloc(65_536);
  return {
    pump() {
      for (let n = readSync(fd, buffer); n > 0; n = readSync(fd, buffer)) {
        receive?.(Buffer.from(buffer.subarray(0, n)));
      }
    },
    close: () => closeSync(fd),
  };
}

/**
 * Starts the program and waits for its end. SIGINT and SIGTERM to this process go on to it, and it
 * may still finish: its output and exit status are passed on like any other.
 * @param {WineRun} run
 * @param {string} folder for its output files
 * @returns {Promise<WineResult>}
 */
async function runChild(run, folder) {
  const files = [path.join(folder, 'stdout'), path.join(folder, 'stderr')];
  const fds = files.map((file) => openSync(file, 'w'));
  const readers = [follow(files[0] ?? '', run.onStdout), follow(files[1] ?? '', run.onStderr)];
  const pump = () => readers.forEach((reader) => reader.pump());
  const [program = '', ...args] = commandLine(run);
  const child = spawn(program, args, {
    cwd: run.cwd ?? process.cwd(),
    env: { ...wineEnvironment(), ...run.env },
    stdio: ['ignore', fds[0], fds[1]],
    // Its own process group: Ctrl-C in a terminal reaches it once, by way of us.
    detached: true,
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, run.timeoutMs);
  const poll = setInterval(pump, POLL_MS);
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  try {
    const status = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
      );
    });
    pump();
    return { status, timedOut };
  } finally {
    clearTimeout(timer);
    clearInterval(poll);
    process.off('SIGINT', forward).off('SIGTERM', forward);
    readers.forEach((reader) => reader.close());
    fds.forEach((fd) => closeSync(fd));
  }
}

/**
 * Makes whatever the lane still lacks (packages aside, see lane.mjs), and has the prefix to itself
 * while the work goes on. Calls queue. Nothing of the prefix runs before or after.
 * @template T
 * @param {Pick<WineRun, 'sync' | 'product'>} wanted
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withPrefix({ sync = [], product = 'workstation' }, work) {
  if (findProgram('wine') === undefined) throw new Error('wine is not installed');
  const release = await acquireLock(LOCK, QUEUE_MS);
  try {
    await ensureWin32Tree();
    syncIntoWin32(sync);
    await ensurePrefix();
    // A wineserver left by a killed run holds sockets, and the wrong network namespace.
    await endWineServer();
    await poseAs(product);
    return await work();
  } finally {
    await endWineServer();
    await release();
  }
}

/** A program that ended sooner, with 1 and without a word, has not begun: it was Wine that failed to start it. */
const NEVER_BEGAN_MS = 10_000;

/**
 * Runs the program, and once more where Wine did not get it started at all, which happens once in some
 * hundred times on a busy machine: Node says something whatever goes wrong in it.
 * @param {WineRun} run
 * @param {string} folder for its output files
 * @returns {Promise<WineResult>}
 */
async function runBegun(run, folder) {
  let said = false;
  const from = performance.now();
  const first = await runChild(
    {
      ...run,
      onStdout: (chunk) => {
        said = true;
        run.onStdout?.(chunk);
      },
      onStderr: (chunk) => {
        said = true;
        run.onStderr?.(chunk);
      },
    },
    folder,
  );
  const neverBegan = first.status === 1 && !said && performance.now() - from < NEVER_BEGAN_MS;
  if (!neverBegan) return first;
  process.stderr.write('wine: the program did not begin; once more …\n');
  await endWineServer();
  return runChild(run, folder);
}

/**
 * Runs Windows Node under Wine, pinned to one core: `withPrefix` with one program as its work.
 * @param {WineRun} run
 * @returns {Promise<WineResult>}
 */
export async function runInWine(run) {
  return withPrefix(run, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'portlab-wine-'));
    try {
      return await runBegun(run, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
