/** `npm run bench -- [name] [--json]`: set-up, then the benchmarks in test/bench. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { offerPackages } from './apt.mjs';
import { ROOT, SetupError, ensureBuilt, pinnedNode } from './setup.mjs';
import { findProgram } from './wine/command.mjs';
import { wineLaneReady } from './wine/lane.mjs';
import { WINE_APT_PACKAGES } from './wine/places.mjs';

/** The yardsticks are C programs, one of them for Windows. */
const COMPILERS = ['gcc', 'x86_64-w64-mingw32-gcc'];
const PACKAGES = ['gcc', 'libc6-dev', 'gcc-mingw-w64-x86-64', ...WINE_APT_PACKAGES];

try {
  await ensureBuilt();
  const lacking = COMPILERS.filter((name) => findProgram(name) === undefined);
  if (lacking.length > 0 || !(await wineLaneReady()).ready) await offerPackages('bench', PACKAGES);
  const run = [join('test', 'bench', 'run.ts'), ...process.argv.slice(2)];
  process.exitCode = spawnSync(pinnedNode(), run, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
}
