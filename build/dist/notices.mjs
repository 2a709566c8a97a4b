import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedPackages } from './shipped-packages.mjs';

const RULE = '-'.repeat(80);

/**
 * Writes the licenses of everything a package contains, one after the other. Electron's and Node's
 * own, which hold those of Chromium and V8, lie beside their programs.
 * @param {string} file
 */
export function writeNotices(file) {
  const parts = shippedPackages().map(({ name, version, license, folder }) => {
    const texts = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice)/i.test(entry.name))
      .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim());
    // Node's text is 3,000 lines, and beside node already.
    const body = name.startsWith('node-') ? ['See resources/node/LICENSE.'] : texts;
    return [`${name} ${version} (${license})`, ...body].join('\n\n');
  });
  writeFileSync(file, `${parts.join(`\n\n${RULE}\n\n`)}\n`);
}
