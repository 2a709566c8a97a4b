/**
 * `npm test`: sets up every lane, runs all suites, ends with one line of totals. A lane that can't be
 * set up is named with its reason and counted as skipped, or, where PORTLAB_REQUIRE names it, fails.
 * Where PORTLAB_SHARED_MACHINE is 1 what failed on a screen or under Wine is tried once more, and named at
 * the end.
 * `--deep` runs the full counts. Words choose files by parts of their names, `-t` tests by theirs.
 */
import { SetupError, ensureBuilt } from './setup.mjs';
import { readArguments } from './test/arguments.mjs';
import { LANES, requiredLanes, setUpLane } from './test/lanes.mjs';
import { runAll } from './test/run-all.mjs';

try {
  const asked = readArguments(process.argv.slice(2));
  const required = requiredLanes();
  await ensureBuilt();
  const wanted = LANES.filter(({ projects }) =>
    projects.length > 0 ? asked.playwright : asked.vitest !== undefined,
  );
  /** @type {typeof wanted} */
  const left = [];
  /** @type {typeof wanted} */
  const ready = [];
  for (const lane of wanted) ((await setUpLane(lane)) ? ready : left).push(lane);

  const totals = await runAll(
    asked,
    ready.flatMap((lane) => lane.projects),
  );

  const lacking = left.filter(({ name }) => required.includes(name));
  for (const { name } of lacking)
    process.stdout.write(`lane ${name} is required and could not be set up\n`);
  for (const one of totals.flatMap(({ again }) => again))
    process.stdout.write(`passed at the second try: ${one}\n`);
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ which) =>
    totals.reduce((total, one) => total + one[which], 0);
  const failed = sum('failed') + lacking.length;
  // Vitest counts the tests of a lane it leaves out by itself.
  const unseen = left.filter((lane) => lane.projects.length > 0 && !lacking.includes(lane));
  const skipped = sum('skipped') + unseen.length;
  process.stdout.write(`${sum('passed')} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exitCode = failed === 0 && sum('passed') > 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`test: ${error.message}\n`);
  process.exitCode = 1;
}
