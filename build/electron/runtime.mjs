import { join } from 'node:path';
import { CACHE, SetupError, withLock } from '../setup.mjs';
import { fetchShippedElectron, shippedElectron } from './shipped.mjs';
import { ensureTestRuntime } from './test-runtime.mjs';

const DOWNLOAD_MS = 300_000;

/**
 * The Electron tests run on: the shipped one where its binary is here; else, on linux-x64, the test
 * runtime; else the shipped one, downloaded. Dependencies must be installed.
 * @returns {Promise<import('./shipped.mjs').Electron>}
 * @throws {SetupError} where none can be had
 */
export async function ensureTestElectron() {
  const shipped = shippedElectron();
  if (shipped !== undefined) return shipped;
  if (process.platform === 'linux' && process.arch === 'x64') return ensureTestRuntime();
  return new Promise((resolve, reject) => {
    withLock(join(CACHE, 'electron.lock'), async () => {
      const fetched = fetchShippedElectron(DOWNLOAD_MS);
      if ('reason' in fetched) throw new SetupError(fetched.reason);
      resolve(fetched.electron);
    }).catch(reject);
  });
}
