import { expect, expectNoAxeViolations, test } from './fixtures.ts';

test('opens on the Host screen, complete and accessible', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveTitle(/Port Scalability Lab/);
  await expectNoAxeViolations(page);
});
