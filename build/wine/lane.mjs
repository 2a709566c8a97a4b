import { existsSync } from 'node:fs';
import { findProgram, runCommand } from './command.mjs';
import { WINE_SERVER } from './prefix.mjs';
import { WINE_APT_PACKAGES } from './places.mjs';

const PROGRAMS = ['wine', 'ip', 'flock', 'unshare', 'setpriv', 'taskset'];

/**
 * Whether this machine can run the Wine lane, without installing or changing anything. The Windows
 * tree and the prefix are not asked about: `runInWine` makes them.
 * @returns {Promise<{ ready: boolean, missing: string[] }>} what is missing, in words for a person
 */
export async function wineLaneReady() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { ready: false, missing: ['Linux on x64'] };
  }
  const missing = PROGRAMS.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0 && !existsSync(WINE_SERVER)) missing.push('wine64');
  if (missing.length > 0) {
    missing.push(`(apt-get install ${WINE_APT_PACKAGES.join(' ')})`);
  } else {
    const { status } = await runCommand('unshare', ['-rn', 'true'], { timeoutMs: 10_000 });
    if (status !== 0) missing.push('network namespaces (unshare -rn)');
  }
  return { ready: missing.length === 0, missing };
}
