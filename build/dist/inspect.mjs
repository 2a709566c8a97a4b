/** What must and must not be in a packed desktop, looked up in the packed files themselves. */
import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from '../setup.mjs';
import { asarFiles } from './asar.mjs';
import { wrongFuses } from './fuses.mjs';
import { MANIFEST, PROGRAM } from './places.mjs';

/** Everything app.asar may hold. */
const IN_ASAR = /^(package\.json|out\/(electron|renderer)\/.+)$/;

/** Sources, maps and the like, which nothing loads. */
const NEVER = /\.(map|ts|tsx|c|cc|cpp|h|hpp|gyp|gypi|pdb)$|(?<!license)\.md$/i;

/** Where Electron and Node keep what is theirs. */
const OURS = /^resources\/(app\.asar$|portlab\/|renderer\/)/;

/**
 * @param {string} folder unpacked
 * @param {import('./places.mjs').TargetPlatform} platform
 * @param {readonly string[]} packages names of those that belong into resources/portlab
 * @returns {Promise<string[]>} faults in words; none: as it must be
 */
export async function inspectPackage(folder, platform, packages) {
  const files = filesBelow(folder);
  return [
    ...(await wrongFuses(join(folder, PROGRAM))),
    ...parts(folder, files, platform),
    ...asarFiles(join(folder, 'resources', 'app.asar'))
      .filter((name) => !IN_ASAR.test(name) || NEVER.test(name))
      .map((name) => `app.asar holds ${name}`),
    ...files.filter((name) => OURS.test(name) && NEVER.test(name)).map((name) => `holds ${name}`),
    ...wrongPackages(folder, packages),
    ...foreignBinaries(folder, platform),
    ...files.flatMap((name) => buildMachinePaths(folder, name)),
  ];
}

/** @param {string} folder @param {string[]} files @param {string} platform */
function parts(folder, files, platform) {
  const wanted = [
    PROGRAM,
    'LICENSE.txt',
    'NOTICES.txt',
    platform === 'win32' ? 'portlab.cmd' : 'portlab',
    `resources/node/${platform === 'win32' ? 'node.exe' : 'node'}`,
    'scenarios/README.md',
    'resources/node/LICENSE',
    'resources/portlab/portlab.js',
    'resources/portlab/lab-service.js',
    'resources/portlab/writer-worker.js',
    'resources/portlab/probe.js',
    'resources/portlab/guard.js',
    'resources/renderer/index.html',
  ];
  return [
    ...wanted.filter((name) => !files.includes(name)).map((name) => `lacks ${name}`),
    ...(platform === 'win32' ? files.filter(isUninstallable) : []).map(
      (name) => `${name} can't be installed under that name`,
    ),
    // Code that isn't in app.asar, and could be loaded in its place.
    ...['app', 'default_app.asar', 'app.asar.unpacked']
      .filter((name) => existsSync(join(folder, 'resources', name)))
      .map((name) => `holds resources/${name}`),
  ];
}

/**
 * Whether the MSI can't carry a file beside the program: it makes identifiers of those names, and
 * WiX takes no other signs in them.
 * @param {string} name
 */
export function isUninstallable(name) {
  return !name.includes('/') && name !== PROGRAM && !/^[A-Za-z_][\w.]*$/.test(name);
}

/** @param {string} folder @param {readonly string[]} packages */
function wrongPackages(folder, packages) {
  const top = join(folder, 'resources', 'portlab', 'node_modules');
  const found = readdirSync(top, { withFileTypes: true }).flatMap(({ name }) =>
    name.startsWith('@') ? readdirSync(join(top, name)).map((sub) => `${name}/${sub}`) : [name],
  );
  return [
    ...found.filter((name) => !packages.includes(name)).map((name) => `holds the package ${name}`),
    ...found
      .filter((name) => name in MANIFEST.devDependencies)
      .map((name) => `holds the development package ${name}`),
    ...packages.filter((name) => !found.includes(name)).map((name) => `lacks the package ${name}`),
  ];
}

/**
 * Programs and libraries for another system or processor, told by their first bytes.
 * @param {string} folder
 * @param {import('./places.mjs').TargetPlatform} platform
 * @returns {string[]} faults in words
 */
export function foreignBinaries(folder, platform) {
  return filesBelow(folder).flatMap((name) => {
    const kind = binaryKind(join(folder, name));
    if (kind === undefined || kind === `${platform}-x64`) return [];
    return [`${name} is a binary for ${kind}`];
  });
}

/** @param {string} folder @returns {string[]} with forward slashes */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** @param {string} file */
function binaryKind(file) {
  const fd = openSync(file, 'r');
  try {
    const head = Buffer.alloc(4096);
    const length = readSync(fd, head, 0, head.length, 0);
    if (length < 64) return undefined;
    if (head.readUInt32BE(0) === 0x7f454c46)
      return head.readUInt16LE(18) === 62 ? 'linux-x64' : 'linux on another processor';
    const magic = head.readUInt32LE(0);
    if ([0xfeedface, 0xfeedfacf, 0xbebafeca].includes(magic)) return 'macOS';
    if (head.toString('latin1', 0, 2) !== 'MZ') return undefined;
    const at = head.readUInt32LE(60);
    if (at + 6 > length || head.toString('latin1', at, at + 2) !== 'PE') return undefined;
    return head.readUInt16LE(at + 4) === 0x8664 ? 'win32-x64' : 'Windows on another processor';
  } finally {
    closeSync(fd);
  }
}

/** @param {string} folder @param {string} name */
function buildMachinePaths(folder, name) {
  if (!OURS.test(name) && name !== PROGRAM) return [];
  const content = readFileSync(join(folder, name));
  const paths = [ROOT, ROOT.replaceAll('\\', '/'), ROOT.replaceAll('\\', '\\\\')];
  // Root's home is a word too short to tell anything.
  if (homedir().length > 8) paths.push(homedir());
  return [...new Set(paths)]
    .filter((path) => content.includes(path))
    .map((path) => `${name} names a folder of the machine it was built on: ${path}`);
}
