import { expect, test } from './fixtures.ts';

test('a place that names nothing says so, however it is spelt', async ({ page }) => {
  const heading = page.getByRole('heading', { level: 1 });
  for (const [place, words] of [
    ['/live/nonsense', 'no such run to follow'],
    ['/live/%25ZZ', 'no such run to follow'],
    ['/runs/%25ZZ', 'no such run'],
    ['/runs/%ZZ', 'no such run'],
    ['/runs/%2e%2e', 'no such run'],
    ['/compare/%25ZZ,%', 'can’t be compared'],
    ['/experiments/%25', '%'],
  ] as const) {
    await page.evaluate((to) => {
      location.hash = to;
    }, place);
    await expect(heading, place).toContainText(words);
  }
  await expect(page.getByText('There is no experiment %')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Stop/ })).toHaveCount(0);
});
