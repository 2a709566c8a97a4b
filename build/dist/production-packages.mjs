/** The npm packages the lab service needs beside its bundle, cut down to what runs on the target. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What build/bundle.mjs leaves outside the bundle. */
const ROOTS = ['better-sqlite3', 'ffi-napi', 'koffi', 'ref-napi'];

/** Headers for compiling; nothing of them is loaded. */
const BUILD_ONLY = /^(node-addon-api|get-.*-h)$/;

/** Folders of sources, documents and tests. koffi's `src` holds the JavaScript it loads. */
const LEFT_OUT = /^(deps|docs?|example|include|test|vendor|node_modules|\..*)$/;

/** ref-napi carries a second binary, for Electron; koffi one for another C library than Node's. */
const NOT_LOADED = /electron\.|musl/;

const RUNS = /\.(js|cjs|mjs|json)$/;
const LICENSE = /^(licen[cs]e|copying|notice)/i;

/**
 * Copies the packages into `to`.
 * @param {string} from a `node_modules`, installed for the target
 * @param {string} to another
 * @param {import('./places.mjs').TargetPlatform} platform
 * @returns {string[]} their names
 */
export function copyProductionPackages(from, to, platform) {
  const binaryOf = new RegExp(`(^|[/_-])${platform}[-_]x64([./]|$)`);
  /** @type {Set<string>} */
  const done = new Set();
  const queue = [...ROOTS];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (done.has(name) || BUILD_ONLY.test(name)) continue;
    const folder = join(from, name);
    const { dependencies, optionalDependencies } = readManifest(folder);
    done.add(name);
    // Optional ones are koffi's binaries: npm installed the target's only.
    const optional = Object.keys(optionalDependencies ?? {}).filter((other) =>
      existsSync(join(from, other)),
    );
    queue.push(...Object.keys(dependencies ?? {}), ...optional);
    for (const file of filesOf(folder, '')) {
      const isBinary = file.endsWith('.node');
      if (isBinary && (!binaryOf.test(`${name}/${file}`) || NOT_LOADED.test(file))) continue;
      if (!isBinary && !RUNS.test(file) && !LICENSE.test(file)) continue;
      mkdirSync(dirname(join(to, name, file)), { recursive: true });
      copyFileSync(join(folder, file), join(to, name, file));
    }
  }
  return [...done].sort();
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * @param {string} folder
 * @param {string} inside
 * @returns {string[]} with forward slashes
 */
function filesOf(folder, inside) {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isFile()) return [path];
    if (!entry.isDirectory() || LEFT_OUT.test(entry.name)) return [];
    return filesOf(folder, path);
  });
}
