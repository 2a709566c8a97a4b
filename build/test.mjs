/**
 * `npm test`: sets up every lane, runs all suites, ends with one line of totals. A lane that can't be
 * set up is named with its reason and counted as skipped, or, where PORTLAB_REQUIRE names it, fails.
 * `--deep` runs the full counts. Other arguments go to vitest (file names, -t pattern).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { offerPackages } from './apt.mjs';
import { CACHE, ROOT, SetupError, ensureBuilt, pinnedNode, say } from './setup.mjs';
import { wineLaneReady } from './wine/lane.mjs';
import { WINE_APT_PACKAGES } from './wine/places.mjs';

const args = process.argv.slice(2);
const deep = args.includes('--deep');
const forVitest = args.filter((arg) => arg !== '--deep');

/** Lanes beyond plain Node: what they need and how to tell. */
const LANES = [{ name: 'wine', ready: wineLaneReady, packages: WINE_APT_PACKAGES }];
const required = (process.env['PORTLAB_REQUIRE'] ?? '').split(',').filter((name) => name !== '');
const unknown = required.filter((name) => !LANES.some((lane) => lane.name === name));

try {
  if (unknown.length > 0) {
    throw new SetupError(
      `PORTLAB_REQUIRE: there is no lane ${unknown.join(', ')}; known: ${LANES.map((lane) => lane.name).join(', ')}`,
    );
  }
  await ensureBuilt();
  const missing = [];
  for (const lane of LANES) {
    let state = await lane.ready();
    if (!state.ready && (await offerPackages(lane.name, lane.packages))) state = await lane.ready();
    if (state.ready) continue;
    missing.push(lane.name);
    say(`lane ${lane.name} is left out; missing: ${state.missing.join(', ')}`);
  }
  const totals = runSuites();
  const lacking = missing.filter((name) => required.includes(name));
  for (const name of lacking)
    process.stdout.write(`lane ${name} is required and could not be set up\n`);
  const failed = totals.failed + lacking.length;
  process.stdout.write(`${totals.passed} passed, ${failed} failed, ${totals.skipped} skipped\n`);
  process.exitCode = failed === 0 && totals.passed > 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`test: ${error.message}\n`);
  process.exitCode = 1;
}

/** Runs vitest and adds up its report; a suite that could not even load counts as one failure. */
function runSuites() {
  const report = join(CACHE, 'test-report.json');
  mkdirSync(CACHE, { recursive: true });
  rmSync(report, { force: true });
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(
    pinnedNode(),
    [
      vitest,
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...forVitest,
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...(deep && { PORTLAB_DEEP: '1' }) },
    },
  );
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } =
      JSON.parse(readFileSync(report, 'utf8'));
    const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites;
    return {
      passed: numPassedTests,
      failed: status === 0 ? failed : Math.max(1, failed),
      skipped: numPendingTests + numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
