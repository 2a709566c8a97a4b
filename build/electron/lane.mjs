import { spawnSync } from 'node:child_process';
import { findProgram } from '../wine/command.mjs';
import { LIBRARIES, PROGRAMS } from './places.mjs';

/**
 * Whether this machine has what Electron under a virtual display needs, without installing or
 * changing anything. The runtime itself is not asked about: `ensureTestElectron` makes it.
 * @returns {{ ready: boolean, missing: string[] }} what is missing, in words for a person
 */
export function electronLaneReady() {
  // Windows and macOS have a display and every library Electron asks for.
  if (process.platform !== 'linux') return { ready: true, missing: [] };
  const programs = Object.entries(PROGRAMS).filter(([name]) => findProgram(name) === undefined);
  const known = knownLibraries();
  const libraries = Object.entries(LIBRARIES).filter(([name]) => !known.has(name));
  const missing = [...programs, ...libraries].map(([name]) => name);
  if (missing.length > 0) {
    const packages = [...programs, ...libraries].map(([, name]) => name.split('|')[0]);
    missing.push(`(apt-get install ${packages.join(' ')})`);
  }
  return { ready: missing.length === 0, missing };
}

/** Names of the shared libraries the loader finds. */
function knownLibraries() {
  const ldconfig = findProgram('ldconfig');
  if (ldconfig === undefined) return new Set();
  const { stdout } = spawnSync(ldconfig, ['-p'], { encoding: 'utf8', timeout: 30_000 });
  return new Set([...(stdout ?? '').matchAll(/^\s+(\S+) \(/gm)].map((match) => match[1]));
}
