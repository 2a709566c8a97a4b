/**
 * Packs the built desktop for the platform this runs on. Runs on the pinned Node with everything
 * built (build/dist.mjs sees to both). `--test-runtime` packs over the test runtime.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Platform, build } from 'electron-builder';
import { ensureTestElectron } from '../electron/runtime.mjs';
import { fetchShippedElectron } from '../electron/shipped.mjs';
import { CACHE, ROOT, SetupError, lockFingerprint, withLock } from '../setup.mjs';
import { builderConfig } from './builder-config.mjs';
import { writeChecksums } from './checksums.mjs';
import { inspectPackage } from './inspect.mjs';
import { FILE_NAME, MANIFEST, STAGE, TARGET, outputFolder } from './places.mjs';
import { writeSbom } from './sbom.mjs';
import { stage } from './stage.mjs';

const DOWNLOAD_MS = 600_000;

/** What a package was made of; written last. */
const STAMP = '.packed';

/**
 * @param {{ testRuntime: boolean, fresh?: boolean }} options `fresh`: packs only where the last
 *   package was made of something else
 * @returns {Promise<string>} the folder with the packages; the program is in `TARGET.unpacked` of it
 * @throws {SetupError} where Electron can't be had, or the package is not as it must be
 */
export async function pack({ testRuntime, fresh = false }) {
  const output = outputFolder(testRuntime);
  await withLock(join(CACHE, 'dist.lock'), async () => {
    const electron = await electronFor(testRuntime);
    const wanted = fingerprint(electron);
    if (fresh && read(join(output, STAMP)) === wanted) return;
    rmSync(output, { recursive: true, force: true });
    mkdirSync(output, { recursive: true });
    const { packages } = stage({
      folder: STAGE,
      packages: join(ROOT, 'node_modules'),
      platform: TARGET.platform,
    });
    await build({
      projectDir: join(STAGE, 'app'),
      targets: Platform.current().createTarget(),
      config: builderConfig(electron, output),
    });
    const faults = await inspectPackage(join(output, TARGET.unpacked), TARGET.platform, packages);
    if (faults.length > 0) {
      throw new SetupError(`the package is not as it must be:\n  ${faults.join('\n  ')}`);
    }
    for (const name of readdirSync(output)) {
      if (name.startsWith('builder-')) rmSync(join(output, name));
    }
    writeSbom(join(output, `${FILE_NAME}-${MANIFEST.version}.cdx.json`), electron.version);
    await writeChecksums(output, TARGET.unpacked);
    rmSync(STAGE, { recursive: true, force: true });
    writeFileSync(join(output, STAMP), wanted);
  });
  return output;
}

/** @param {boolean} testRuntime */
async function electronFor(testRuntime) {
  if (testRuntime) return ensureTestElectron();
  const fetched = fetchShippedElectron(DOWNLOAD_MS);
  if ('electron' in fetched) return fetched.electron;
  throw new SetupError(
    `${fetched.reason}. To pack over the test runtime: npm run dist -- --test-runtime`,
  );
}

/** Everything a package is made of. @param {import('../electron/shipped.mjs').Electron} electron */
function fingerprint(electron) {
  const hash = createHash('sha256');
  hash.update(`${electron.kind} ${electron.version} ${lockFingerprint()}\n`);
  for (const folder of ['out/portlab', 'out/renderer', 'out/electron', 'build/dist']) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(`${file}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.filename === process.argv[1]) {
  try {
    const { argv } = process;
    await pack({ testRuntime: argv.includes('--test-runtime'), fresh: argv.includes('--fresh') });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`dist: ${error.message}\n`);
    // Not by exitCode: electron-builder leaves an exit hook behind that ends with 0.
    process.exit(1);
  }
}
