/** `npm run check`: types, lint, format, dead code, room rules, lock file. Runs all, then says which failed. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, SetupError, ensureDependencies, pinnedNode } from './setup.mjs';

const bin = (/** @type {string} */ name, /** @type {string} */ file) =>
  join(ROOT, 'node_modules', name, file);

try {
  await ensureDependencies();
  const checks = [
    { name: 'types', args: [bin('typescript', 'bin/tsc'), '--build'] },
    { name: 'lint', args: [bin('oxlint', 'bin/oxlint'), '--deny-warnings'] },
    { name: 'format', args: [bin('oxfmt', 'bin/oxfmt'), '--check'] },
    { name: 'dead code', args: [bin('knip', 'bin/knip.js')] },
    { name: 'rooms', args: [join('build', 'rooms.mjs')] },
    { name: 'lock file', args: [join('build', 'lock.mjs')] },
  ];
  const failed = checks.filter(({ name, args }) => {
    const { status, stdout, stderr } = spawnSync(pinnedNode(), args, {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const ok = status === 0;
    process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name}\n`);
    if (!ok) process.stdout.write(`${stdout}${stderr}\n`);
    return !ok;
  });
  process.exitCode = failed.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`check: ${error.message}\n`);
  process.exitCode = 1;
}
