/**
 * Checks that the lock file installs anywhere: every platform's binaries of every package are in it
 * (npm drops silently what a registry lacks), every version is pinned, no registry is named.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** @type {string[]} */
const faults = [];

/** @type {[string, {resolved?: string, optionalDependencies?: Record<string, string>}][]} */
const packages = Object.entries(lock.packages);
for (const [path, entry] of packages) {
  if (entry.resolved !== undefined) faults.push(`${path}: names the registry it came from`);
  for (const dependency of Object.keys(entry.optionalDependencies ?? {})) {
    const nested = `${path === '' ? '' : `${path}/`}node_modules/${dependency}`;
    if (!(nested in lock.packages) && !(`node_modules/${dependency}` in lock.packages)) {
      faults.push(`${path}: its optional dependency ${dependency} is missing from the lock file`);
    }
  }
}
for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
  for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      faults.push(`${name}: "${version}" is no exact version`);
  }
}

for (const fault of faults) process.stdout.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
