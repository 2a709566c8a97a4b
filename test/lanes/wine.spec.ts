import { wineLaneReady } from '#build/wine/lane.mjs';
import { test as base, expect, expectNoAxeViolations } from './fixtures.ts';
import { serveInWine } from './wine-serve.ts';

/** The page attached to a lab service in Windows Node under Wine. */
const test = base.extend({
  wanted: async ({ lab }, use) => {
    const { ready, missing } = await wineLaneReady();
    test.skip(!ready, `Wine can't run here; missing: ${missing.join(', ')}`);
    const served = await serveInWine(lab.folder);
    await use({ attachTo: { url: served.url, connect: served.url } });
    await served.end();
  },
});

// Wine makes its prefix first, if there is none yet.
test.setTimeout(240_000);

test(
  'real sockets under Wine, from the choice of addresses to the verdict',
  { tag: '@wine' },
  async ({ page }) => {
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(main.getByText(/Wine/).first()).toBeVisible();

    await page.getByRole('link', { name: 'Experiments' }).click();
    await main.getByRole('link', { name: /sweep/i }).first().click();
    await main.getByRole('radio', { name: /^Winsock/ }).check();
    await main.getByRole('radio', { name: /^Winsock/ }).press('Tab');
    for (const address of ['127.0.0.2', '127.0.0.3']) {
      await main.getByRole('checkbox', { name: address }).check();
    }
    await expect(main.getByText('WINE', { exact: true }).first()).toBeVisible();
    await expectNoAxeViolations(page);
    await main.getByRole('button', { name: 'Run', exact: true }).click();

    await main.getByRole('link', { name: /verdict/i }).click({ timeout: 60_000 });
    await expect(main.getByRole('heading', { level: 1 })).toContainText('Wine');
    const claims = main.getByRole('table', { name: /claims/i });
    await expect(claims.getByText('PS-1')).toBeVisible();
    await expect(claims.getByText('WINE').first()).toBeVisible();
    // The one thing it must never say of Wine.
    await expect(main.getByText('MEASURED', { exact: true })).toHaveCount(0);
    await expect(main.getByText('REAL', { exact: true })).toHaveCount(0);
    await expectNoAxeViolations(page);
  },
);
