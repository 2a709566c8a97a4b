import { expect, expectNoAxeViolations, test } from './fixtures.ts';

/** Every experiment there is can be found, understood and set up. */

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly safe: boolean;
}

test('every experiment stands under its risk, and its form says what it would take', async ({
  page,
  lab,
}) => {
  test.slow();
  const { stdout } = await lab.portlab('experiments', '--json');
  const { experiments } = JSON.parse(stdout) as { experiments: Listed[] };
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await screens.getByRole('link', { name: 'Experiments' }).click();
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: /^Set up / })).toHaveCount(experiments.length);
  const careful = main.getByRole('region', { name: 'May take every port' });
  for (const { id, title, safe } of experiments) {
    const link = careful.getByRole('link', { name: `Set up ${title}`, exact: true });
    // Everything is safe unless it is said to be exhaustive.
    await expect(link, title).toHaveCount(safe || id === 'full' ? 0 : 1);
  }
  await main.getByText('Settles').first().click();
  await expect(main.getByRole('definition').first()).toBeVisible();
  await expectNoAxeViolations(page);

  for (const { title } of experiments) {
    await main.getByRole('link', { name: `Set up ${title}`, exact: true }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
    await expect(page.getByRole('group', { name: 'Console command' }), title).toContainText(
      'portlab run',
    );
    await screens.getByRole('link', { name: 'Experiments' }).click();
  }
});

test('a safe experiment answers open questions, and a model’s answers are no evidence', async ({
  page,
}) => {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Experiments' })
    .click();
  await page.getByRole('link', { name: 'Set up Option conflicts' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('link', { name: 'See the verdict' }).click();
  const answers = page.getByRole('region', { name: 'Open questions answered' });
  await expect(answers).toContainText('nothing about Windows');
  await expect(answers).toContainText('MODELLED');
  const read = answers.getByRole('row').filter({ hasText: 'A18' });
  await expect(read).toContainText('readable');
  // Some 20 binds: a chart would say less than the table does.
  await expect(page.getByRole('table', { name: 'What each arm came to' })).toBeVisible();
  await expect(page.getByRole('main').locator('canvas')).toHaveCount(0);
  await expectNoAxeViolations(page);
});
