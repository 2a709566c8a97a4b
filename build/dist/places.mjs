import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT } from '../setup.mjs';

export const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

export const PRODUCT_NAME = 'Port Scalability Lab';

/** Of files and folders: the npm package's name. */
export const FILE_NAME = MANIFEST.name;

/** Windows knows windows, shortcut and notifications by it; main/electron/product.ts has the same. */
export const APP_ID = 'PortScalabilityLab.Desktop';

/** The MSI's family: an installer with the same code replaces an older version. Never changes. */
export const UPGRADE_CODE = '78620478-543C-4FDA-A9C9-DE370F961A2F';

/** Ending of recorded runs; main/electron/product.ts has the same. */
export const RUN_FILE_ENDING = 'labrun';

/** Icons and texts that go into packages. */
export const RESOURCES = join(ROOT, 'build', 'resources');

/** What electron-builder packs is laid out here first. */
export const STAGE = join(CACHE, 'dist');

/**
 * Where packages end up.
 * @param {boolean} testRuntime packed over the test runtime, in a folder named so
 */
export function outputFolder(testRuntime) {
  return join(ROOT, 'out', testRuntime ? 'dist-test-runtime' : 'dist');
}

/** What a package is for. */
export const TARGET =
  process.platform === 'win32'
    ? { platform: /** @type {const} */ ('win32'), unpacked: 'win-unpacked', node: 'node.exe' }
    : { platform: /** @type {const} */ ('linux'), unpacked: 'linux-unpacked', node: 'node' };

/** @typedef {typeof TARGET['platform']} TargetPlatform */

/** The desktop's program inside the unpacked folder. */
export const PROGRAM = process.platform === 'win32' ? `${PRODUCT_NAME}.exe` : FILE_NAME;
