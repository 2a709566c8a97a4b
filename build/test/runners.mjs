import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT, pinnedNode } from '../setup.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * Runs vitest and adds up its report; a suite that could not even load counts as one failure.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env added to this process's
 * @returns {Totals}
 */
export function runVitest(args, env) {
  const report = join(CACHE, 'test-report.json');
  const script = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return run([script, 'run', ...reporters, ...args], env, report, (document) => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } =
      document;
    return {
      passed: numPassedTests,
      failed: numFailedTests > 0 ? numFailedTests : numFailedTestSuites,
      skipped: numPendingTests + numTodoTests,
    };
  });
}

/**
 * Runs Playwright and adds up its report.
 * @param {readonly string[]} projects
 * @param {{ words: readonly string[], pattern: string | undefined }} chosen
 * @param {NodeJS.ProcessEnv} env added to this process's
 * @returns {Totals}
 */
export function runPlaywright(projects, { words, pattern }, env) {
  const script = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
  const args = [
    ...projects.map((name) => `--project=${name}`),
    ...(pattern === undefined ? [] : ['--grep', pattern]),
    // Playwright takes patterns; these are plain words.
    ...words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)),
    '--pass-with-no-tests',
  ];
  const report = join(CACHE, 'playwright', 'report.json');
  return run([script, 'test', ...args], env, report, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (stats.unexpected === 0 ? errors.length : 0),
    skipped: stats.skipped,
  }));
}

/**
 * @param {readonly string[]} args of Node
 * @param {NodeJS.ProcessEnv} env
 * @param {string} report file the runner writes
 * @param {(document: any) => Totals} read
 * @returns {Totals}
 */
function run(args, env, report, read) {
  mkdirSync(CACHE, { recursive: true });
  rmSync(report, { force: true });
  const { status } = spawnSync(pinnedNode(), args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  try {
    const totals = read(JSON.parse(readFileSync(report, 'utf8')));
    return { ...totals, failed: status === 0 ? totals.failed : Math.max(1, totals.failed) };
  } catch {
    // It ended before it could report.
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
