/** Lanes beyond plain Node: what each needs, how to tell, and how it is set up. */
import { offerPackages } from '../apt.mjs';
import { electronLaneReady } from '../electron/lane.mjs';
import { ELECTRON_APT_PACKAGES } from '../electron/places.mjs';
import { ensureTestElectron } from '../electron/runtime.mjs';
import { SetupError, say } from '../setup.mjs';
import { WEB_APT_PACKAGES, webLaneReady } from '../web/lane.mjs';
import { wineLaneReady } from '../wine/lane.mjs';
import { WINE_APT_PACKAGES } from '../wine/places.mjs';

/**
 * @typedef {object} Lane
 * @property {string} name
 * @property {() => {ready: boolean, missing: string[]} | Promise<{ready: boolean, missing: string[]}>} ready
 *   looks only; `missing` is in words for a person
 * @property {readonly string[]} packages of Debian
 * @property {string[]} projects of playwright.config.ts that run in it; none: vitest has its tests
 * @property {() => Promise<unknown>} [setUp] what else it needs, once the packages are there
 */

/** @type {readonly Lane[]} */
export const LANES = [
  { name: 'wine', ready: wineLaneReady, packages: WINE_APT_PACKAGES, projects: [] },
  { name: 'web', ready: webLaneReady, packages: WEB_APT_PACKAGES, projects: ['web'] },
  {
    name: 'electron',
    ready: electronLaneReady,
    packages: ELECTRON_APT_PACKAGES,
    projects: ['electron', 'packed'],
    setUp: ensureTestElectron,
  },
];

/** The lanes PORTLAB_REQUIRE names: they must be there. */
export function requiredLanes() {
  const names = (process.env['PORTLAB_REQUIRE'] ?? '').split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !LANES.some((lane) => lane.name === name));
  if (unknown.length > 0) {
    const known = LANES.map((lane) => lane.name).join(', ');
    throw new SetupError(
      `PORTLAB_REQUIRE: there is no lane ${unknown.join(', ')}; known: ${known}`,
    );
  }
  return names;
}

/**
 * Sets a lane up, and says so where it can't be.
 * @param {Lane} lane
 * @returns {Promise<boolean>} whether it can run
 */
export async function setUpLane(lane) {
  let state = await lane.ready();
  if (!state.ready && (await offerPackages(lane.name, lane.packages))) state = await lane.ready();
  let reason = state.ready ? undefined : `missing: ${state.missing.join(', ')}`;
  if (state.ready && lane.setUp !== undefined) {
    try {
      await lane.setUp();
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      reason = error.message;
    }
  }
  if (reason !== undefined) say(`lane ${lane.name} is left out; ${reason}`);
  return reason === undefined;
}
