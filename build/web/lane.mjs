import { findProgram } from '../wine/command.mjs';

export const WEB_APT_PACKAGES = ['chromium'];

/** Browsers of the Chromium family, by the names distributions give them. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * How Playwright starts the browser of this machine: a program, or on Windows and macOS a channel
 * it knows the place of.
 * @returns {{ executablePath: string } | { channel: string } | undefined}
 */
export function browserHere() {
  if (process.platform === 'win32') return { channel: 'msedge' };
  if (process.platform === 'darwin') return { channel: 'chrome' };
  const path = NAMES.map((name) => findProgram(name)).find((found) => found !== undefined);
  return path === undefined ? undefined : { executablePath: path };
}

/**
 * Whether this machine can run the web lane, without installing or changing anything.
 * @returns {{ ready: boolean, missing: string[] }} what is missing, in words for a person
 */
export function webLaneReady() {
  if (browserHere() !== undefined) return { ready: true, missing: [] };
  const install = `(apt-get install ${WEB_APT_PACKAGES.join(' ')})`;
  return { ready: false, missing: ['chromium', install] };
}
