import { join } from 'node:path';
import { CACHE, ROOT } from '../setup.mjs';

/** Everything of the Electron lane that is made here. */
export const ELECTRON_HOME = join(CACHE, 'electron');

/** The test runtime, laid out as Electron's own download is. */
export const RUNTIME_DIST = join(ELECTRON_HOME, 'dist');
export const RUNTIME_BINARY = join(RUNTIME_DIST, 'electron');

/** Written last: its content says which runtime is complete. */
export const RUNTIME_STAMP = join(ELECTRON_HOME, 'ready');

/** Where the npm package `electron` keeps the binary of its own version, if that was downloaded. */
export const SHIPPED_PACKAGE = join(ROOT, 'node_modules', 'electron');
export const SHIPPED_DIST = join(SHIPPED_PACKAGE, 'dist');

/** The desktop's main process, built. */
export const MAIN = join(ROOT, 'out', 'electron', 'main.js');

/** Shared libraries Electron loads, and the Debian package of each (`name|newer name`). */
export const LIBRARIES = {
  'libgtk-3.so.0': 'libgtk-3-0|libgtk-3-0t64',
  'libnss3.so': 'libnss3',
  'libasound.so.2': 'libasound2|libasound2t64',
  'libgbm.so.1': 'libgbm1',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0|libatk-bridge2.0-0t64',
  'libdrm.so.2': 'libdrm2',
  'libXss.so.1': 'libxss1',
  'libXtst.so.6': 'libxtst6',
};

/** Programs the lane starts, and the Debian package of each. */
export const PROGRAMS = { Xvfb: 'xvfb', tar: 'tar', unzip: 'unzip' };

export const ELECTRON_APT_PACKAGES = [...Object.values(PROGRAMS), ...Object.values(LIBRARIES)];
