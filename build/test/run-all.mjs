import { runPlaywright, runVitest } from './runners.mjs';

/**
 * Runs what was asked for, in the order that takes least time on two cores: plain Node on both; then Wine,
 * which is pinned to one and waits a lot, beside the screens; then the screens that need Wine.
 * @param {ReturnType<typeof import('./arguments.mjs').readArguments>} asked
 * @param {readonly string[]} projects of Playwright, of the lanes that are there
 * @returns {Promise<import('./runners.mjs').Totals[]>}
 */
export async function runAll(asked, projects) {
  const env = asked.deep ? { PORTLAB_DEEP: '1' } : {};
  const screens = asked.playwright && projects.length > 0;
  const vitest = asked.vitest;
  // Whoever names a project of vitest gets that.
  const whole = vitest !== undefined && !vitest.includes('--project');
  const inVitest = (/** @type {string} */ project, /** @type {boolean} */ later) =>
    runVitest([...(vitest ?? []), '--project', project, '--passWithNoTests'], {
      env,
      name: `vitest-${project}`,
      later,
    });
  const totals = [];
  if (whole) totals.push(await inVitest('unit', false));
  else if (vitest !== undefined) totals.push(await runVitest(vitest, { env, name: 'vitest' }));
  totals.push(
    ...(await Promise.all([
      ...(whole ? [inVitest('wine', screens)] : []),
      ...(screens ? [runPlaywright(projects, asked, 'without wine', env)] : []),
    ])),
  );
  if (screens) totals.push(await runPlaywright(projects, asked, 'with wine', env));
  return totals;
}
