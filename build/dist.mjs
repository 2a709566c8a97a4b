/**
 * `npm run dist`: packages for the platform it runs on, with the shipped Electron, in out/dist.
 * `-- --test-runtime` packs over the Electron tests run on, into out/dist-test-runtime: never to be
 * handed out. What was made is listed on stdout.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, SetupError, ensureBuilt, pinnedNode } from './setup.mjs';

const args = process.argv.slice(2);
const unknown = args.filter((arg) => arg !== '--test-runtime');

try {
  if (unknown.length > 0)
    throw new SetupError(`there is no ${unknown.join(' ')}; it takes --test-runtime`);
  await ensureBuilt();
  const script = join(ROOT, 'build', 'dist', 'pack.mjs');
  // Its talk is progress.
  const { status } = spawnSync(pinnedNode(), [script, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  process.exitCode = status ?? 1;
  if (status === 0) {
    const { outputFolder } = await import('./dist/places.mjs');
    const folder = outputFolder(args.includes('--test-runtime'));
    for (const { name } of readdirSync(folder, { withFileTypes: true })) {
      if (name.startsWith('.')) continue;
      process.stdout.write(`${relative(ROOT, join(folder, name))}\n`);
    }
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`dist: ${error.message}\n`);
  process.exitCode = 1;
}
