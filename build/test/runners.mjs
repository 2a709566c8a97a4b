import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CACHE, ROOT, pinnedNode } from '../setup.mjs';

/**
 * @typedef {object} Totals
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly string[]} again tests that failed and then passed, each with why it failed
 */

/**
 * @typedef {object} HowToRun
 * @property {NodeJS.ProcessEnv} env added to this process's
 * @property {string} name of its report, and of what it prints where that is kept back
 * @property {boolean} [later] what it prints is shown when it has ended: another one prints meanwhile
 */

/**
 * Runs vitest and adds up its report; a suite that could not even load counts as one failure.
 * @param {readonly string[]} args
 * @param {HowToRun} how
 * @returns {Promise<Totals>}
 */
export function runVitest(args, how) {
  const report = join(CACHE, `${how.name}-report.json`);
  const script = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return run([script, 'run', ...reporters, ...args], how, report, (document) => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } =
      document;
    return {
      passed: numPassedTests,
      failed: numFailedTests > 0 ? numFailedTests : numFailedTestSuites,
      skipped: numPendingTests + numTodoTests,
      again: document.testResults.flatMap(
        (/** @type {{ assertionResults: Assertion[] }} */ { assertionResults }) =>
          assertionResults
            .filter(
              ({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0,
            )
            .map(({ fullName, failureMessages }) => why(fullName, failureMessages[0])),
      ),
    };
  });
}

/** @typedef {{ fullName: string, status: string, failureMessages: string[] }} Assertion of vitest's report */

/** @param {string} name @param {string | undefined} message its first line counts */
function why(name, message = '') {
  return `${name}: ${stripVTControlCharacters(message.split('\n')[0] ?? '')}`;
}

/** The specs that need Wine, of which there is one: they run while nothing else does. */
const WITH_WINE = '@wine';

/**
 * Runs Playwright and adds up its report.
 * @param {readonly string[]} projects
 * @param {{ words: readonly string[], pattern: string | undefined }} chosen
 * @param {'with wine' | 'without wine'} which
 * @param {NodeJS.ProcessEnv} env added to this process's
 * @returns {Promise<Totals>}
 */
export function runPlaywright(projects, { words, pattern }, which, env) {
  const script = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
  const wanted = which === 'with wine' ? `(?=.*${WITH_WINE})(?=.*${pattern ?? ''})` : pattern;
  const args = [
    ...projects.map((name) => `--project=${name}`),
    ...(wanted === undefined ? [] : ['--grep', wanted]),
    ...(which === 'without wine' ? ['--grep-invert', WITH_WINE] : ['--workers=1']),
    // Playwright takes patterns; these are plain words.
    ...words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)),
    '--pass-with-no-tests',
  ];
  const report = join(CACHE, 'playwright', 'report.json');
  return run(
    [script, 'test', ...args],
    { env, name: 'playwright' },
    report,
    ({ stats, errors, suites }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + (stats.unexpected === 0 ? errors.length : 0),
      skipped: stats.skipped,
      again: suites.flatMap(flakyIn),
    }),
  );
}

/**
 * @typedef {object} Suite of Playwright's report
 * @property {Suite[]} [suites]
 * @property {{ title: string, tests: { projectName: string, status: string, results: { error?: { message?: string } }[] }[] }[]} specs
 */

/** @param {Suite} suite @returns {string[]} */
function flakyIn({ suites = [], specs }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'flaky')
      .map(({ projectName, results }) =>
        why(`[${projectName}] ${title}`, results[0]?.error?.message),
      ),
  );
  return [...own, ...suites.flatMap(flakyIn)];
}

/**
 * @param {readonly string[]} args of Node
 * @param {HowToRun} how
 * @param {string} report file the runner writes
 * @param {(document: any) => Totals} read
 * @returns {Promise<Totals>}
 */
async function run(args, { env, name, later = false }, report, read) {
  mkdirSync(CACHE, { recursive: true });
  rmSync(report, { force: true });
  const file = join(CACHE, `${name}-output.txt`);
  const out = later ? openSync(file, 'w') : 'inherit';
  const child = spawn(pinnedNode(), args, {
    cwd: ROOT,
    stdio: ['ignore', out, out],
    env: { ...process.env, ...env },
  });
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (typeof out === 'number') {
    closeSync(out);
    process.stdout.write(readFileSync(file));
  }
  try {
    const totals = read(JSON.parse(readFileSync(report, 'utf8')));
    return { ...totals, failed: status === 0 ? totals.failed : Math.max(1, totals.failed) };
  } catch {
    // It ended before it could report.
    return { passed: 0, failed: 1, skipped: 0, again: [] };
  }
}
