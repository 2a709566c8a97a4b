/** The Electron this product ships with: the binary its npm package names. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, pinnedNode } from '../setup.mjs';
import { SHIPPED_DIST, SHIPPED_PACKAGE } from './places.mjs';

/**
 * @typedef {object} Electron
 * @property {string} binary what to start
 * @property {string} dist folder it is in, as electron-builder's `electronDist` takes it
 * @property {string} version of Electron
 * @property {'shipped' | 'test-runtime'} kind
 */

/**
 * The shipped Electron, where its binary is here and whole.
 * @returns {Electron | undefined}
 */
export function shippedElectron() {
  const { version } = JSON.parse(readFileSync(join(SHIPPED_PACKAGE, 'package.json'), 'utf8'));
  // `path.txt` is what its installer writes last.
  const path = read(join(SHIPPED_PACKAGE, 'path.txt'));
  if (path === undefined) return undefined;
  const binary = join(SHIPPED_DIST, path);
  if (read(join(SHIPPED_DIST, 'version'))?.replace(/^v/, '') !== version) return undefined;
  return existsSync(binary) ? { binary, dist: SHIPPED_DIST, version, kind: 'shipped' } : undefined;
}

/**
 * The shipped Electron, downloaded by its own installer where it isn't here yet. It checks the
 * download against the hashes in its npm package.
 * @param {number} withinMs the attempt is ended after that
 * @returns {{ electron: Electron } | { reason: string }} the reason in words for a person
 */
export function fetchShippedElectron(withinMs) {
  const present = shippedElectron();
  if (present !== undefined) return { electron: present };
  process.stderr.write('set-up: downloading Electron …\n');
  const { error, stderr } = spawnSync(pinnedNode(), [join(SHIPPED_PACKAGE, 'install.js')], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 2, 'pipe'],
    timeout: withinMs,
    killSignal: 'SIGKILL',
  });
  const electron = shippedElectron();
  if (electron !== undefined) return { electron };
  if (/** @type {NodeJS.ErrnoException | undefined} */ (error)?.code === 'ETIMEDOUT') {
    return { reason: `Electron could not be downloaded within ${withinMs / 1_000} s` };
  }
  const why = firstError(stderr ?? '');
  const words = /fetch failed/.test(why) ? 'github.com is out of reach' : why;
  return { reason: `Electron could not be downloaded (${words})` };
}

/** The line of a stack trace that says what happened. @param {string} text */
function firstError(text) {
  const lines = text.split('\n').map((line) => line.trim());
  const found = lines.find((line) => /error/i.test(line)) ?? lines.find((line) => line !== '');
  return (found ?? 'its installer gave no reason').slice(0, 200);
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
