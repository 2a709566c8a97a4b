/** `npm run bench -- [name] [--json]`: set-up, then the benchmarks in test/bench. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, SetupError, ensureBuilt, pinnedNode } from './setup.mjs';

try {
  await ensureBuilt();
  const run = [join('test', 'bench', 'run.ts'), ...process.argv.slice(2)];
  process.exitCode = spawnSync(pinnedNode(), run, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
}
