import { recordSample } from '#test/data/record-sample.ts';
import { expect, test } from '#test/lanes/fixtures.ts';
import { sampleRun } from '#test/report/sample-run.ts';

test('a page without the token compares all the same', async ({ page, lab }) => {
  for (const [id, usable] of [
    ['20260305-084117-befo', 700],
    ['20260306-084117-aftr', 660],
  ] as const) {
    const startedAt = `2026-03-0${id[7]}T08:41:17.204Z`;
    recordSample(lab.database, sampleRun({ usable }), { id, title: id, startedAt });
  }
  const looking = await page.context().newPage();
  await looking.goto(new URL(page.url()).origin);
  await looking.getByRole('link', { name: 'Runs' }).click();
  await expect(looking.getByText('Read-only: nothing can be imported or deleted')).toBeVisible();
  const choose = looking.getByRole('checkbox', { name: /^Choose 2026/ });
  await choose.nth(0).check();
  await choose.nth(1).check();
  await looking.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(looking.getByRole('heading', { level: 1 })).toContainText(
    'bound 2,640 on B instead of 2,800 on A',
  );
});
