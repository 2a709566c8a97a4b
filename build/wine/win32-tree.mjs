import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { runCommand } from './command.mjs';
import { NODE_EXE, ROOT, WIN32_TREE } from './places.mjs';

const SOURCES = ['package.json', 'package-lock.json', '.npmrc'];
const STAMP = path.join(WIN32_TREE, '.portlab-lock-hash');
const INSTALL_MS = 300_000;

function lockHash() {
  const hash = createHash('sha256');
  for (const file of SOURCES) hash.update(readFileSync(path.join(ROOT, file)));
  return hash.digest('hex');
}

/**
 * Installs the product's dependencies for Windows from the same lock file, where that isn't done
 * for this lock file yet (4 to 8 s). Integrity is npm's; no install script runs.
 */
export async function ensureWin32Tree() {
  const hash = lockHash();
  if (existsSync(NODE_EXE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  mkdirSync(WIN32_TREE, { recursive: true });
  rmSync(STAMP, { force: true });
  for (const file of SOURCES) copyFileSync(path.join(ROOT, file), path.join(WIN32_TREE, file));
  process.stderr.write('wine: installing dependencies for Windows …\n');
  const target = ['--os=win32', '--cpu=x64', '--omit=dev', '--ignore-scripts'];
  const { status, output } = await runCommand('npm', ['ci', ...target], {
    cwd: WIN32_TREE,
    timeoutMs: INSTALL_MS,
  });
  if (status !== 0) throw new Error(`npm ci for Windows ended with ${status}:\n${output}`);
  writeFileSync(STAMP, hash);
}

/**
 * Makes `to` inside the Windows tree the same as `from`: new and changed files are copied, files
 * that are gone are removed. Unchanged files are not touched.
 * @param {string} from folder or file inside the project
 * @param {string} to the same inside the Windows tree
 */
function mirror(from, to) {
  if (statSync(from).isDirectory()) {
    mkdirSync(to, { recursive: true });
    const names = new Set(readdirSync(from));
    for (const name of readdirSync(to)) {
      if (!names.has(name)) rmSync(path.join(to, name), { recursive: true, force: true });
    }
    for (const name of names) mirror(path.join(from, name), path.join(to, name));
  } else if (!existsSync(to) || !readFileSync(from).equals(readFileSync(to))) {
    copyFileSync(from, to);
  }
}

/**
 * Brings folders or files of the project (`out/portlab`, `engine`, …) to the same place in the
 * Windows tree.
 * @param {readonly string[]} places relative to the project
 */
export function syncIntoWin32(places) {
  for (const place of places) {
    const to = path.join(WIN32_TREE, place);
    mkdirSync(path.dirname(to), { recursive: true });
    mirror(path.join(ROOT, place), to);
  }
}
