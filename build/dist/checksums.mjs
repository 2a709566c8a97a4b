import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Stamps, and the list itself. */
const NO_ARTIFACT = /^(SHA256SUMS|\.)/;

/**
 * Writes the SHA-256 of everything to hand out, as `sha256sum --check` reads it: files, or where
 * there is a folder only (Linux), the files in it.
 * @param {string} folder
 * @param {string} unpacked the folder of the program inside it
 */
export async function writeChecksums(folder, unpacked) {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !NO_ARTIFACT.test(entry.name))
    .map((entry) => entry.name);
  const installers = files.filter((name) => /\.(msi|zip)$/.test(name));
  if (installers.length === 0) files.push(...filesBelow(folder, unpacked));
  const lines = [];
  for (const file of files.sort()) lines.push(`${await sha256(join(folder, file))}  ${file}`);
  writeFileSync(join(folder, 'SHA256SUMS.txt'), `${lines.join('\n')}\n`);
}

/** @param {string} folder @param {string} below */
function filesBelow(folder, below) {
  return readdirSync(join(folder, below), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** @param {string} file */
async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
