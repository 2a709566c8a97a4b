import { expect, expectNoAxeViolations, test } from './fixtures.ts';

/** The documented claims: what no real host has settled is said to be so, and what a model says leads to its run. */

const SWEEP = ['run', 'sweep', '--stack', 'simulated', '--addresses', '10.0.0.1,10.0.0.2'];
const SEED = [
  [...SWEEP, '--seed', '1', '--profile', 'documented', '--title', 'By the documents'],
  [...SWEEP, '--seed', '2', '--profile', 'wine-8', '--title', 'As Wine'],
];

test.use({ seed: [SEED, { scope: 'test' }] });

test('claims stand side by side, and a model’s are no evidence', async ({ page }) => {
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await screens.getByRole('link', { name: 'Claims' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    /None of \d+ claims has been tested on a real Windows yet/,
  );
  const table = page.getByRole('table', { name: 'Documented claims' });
  const first = table.getByRole('row').filter({ hasText: 'PS-1' });
  const outcomes = first.getByRole('list', { name: 'Outcomes of PS-1' }).getByRole('listitem');
  await expect(outcomes).toHaveCount(2);
  await expect(outcomes.filter({ hasText: 'profile wine-8' })).toContainText('refuted');
  await expect(outcomes.filter({ hasText: 'profile documented' })).toContainText('confirmed');
  for (const outcome of await outcomes.all()) await expect(outcome).toContainText('MODELLED');
  await expect(table.getByRole('row').filter({ hasText: 'PS-5' })).toContainText('untested');
  await expectNoAxeViolations(page);
  await outcomes.filter({ hasText: 'wine-8' }).getByRole('link').press('Enter');
  await expect(page.getByText('As Wine').first()).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Verdict' })).toBeVisible();
});
