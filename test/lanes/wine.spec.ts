import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { wineLaneReady } from '#build/wine/lane.mjs';
import { RunLibrary } from '#data/run-library.ts';
import { test as base, expect, expectNoAxeViolations } from './fixtures.ts';
import { Lab } from './lab.ts';
import { ReplayPage, expectTold, toldEvents } from './replay-page.ts';
import { save } from './save-file.ts';
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
test.setTimeout(480_000);

test(
  'real sockets under Wine, from the choice of addresses to the verdict, and replayed elsewhere',
  { tag: '@wine' },
  async ({ opened, lab, openLab }) => {
    const { page } = opened;
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

    await main.getByRole('link', { name: /verdict/i }).click({ timeout: 200_000 });
    await expect(main.getByRole('heading', { level: 1 })).toContainText('Wine');
    const claims = main.getByRole('table', { name: /claims/i });
    await expect(claims.getByText('PS-1')).toBeVisible();
    await expect(claims.getByText('WINE').first()).toBeVisible();
    // The one thing it must never say of Wine.
    await expect(main.getByText('MEASURED', { exact: true })).toHaveCount(0);
    await expect(main.getByText('REAL', { exact: true })).toHaveCount(0);
    await expectNoAxeViolations(page);

    const file = join(lab.folder, 'wine.labrun');
    const saved = main.getByRole('button', { name: 'Save as .labrun' });
    const name = await save(opened, () => saved.click(), file);
    await expect.poll(() => existsSync(file)).toBe(true);
    // In a lab of this system: no Windows, no Wine, and the host far away.
    const other = new Lab(lab.lane);
    try {
      expect((await other.portlab('runs', 'import', file)).status).toBe(0);
      const there = await openLab(other, {});
      try {
        await replayHere(there.page, other.database, name.replace('.labrun', ''));
      } finally {
        await there.close();
      }
    } finally {
      other.dispose();
    }
    expect(other.problems.unexpected()).toEqual([]);
  },
);

/** Parts of a long recording that are read on the page, beside its beginning and its end. */
const PLACES = 12;

async function replayHere(page: Page, database: string, run: string): Promise<void> {
  const library = new RunLibrary(database);
  const told = toldEvents(library.events(run), library.addresses(run));
  library.close();
  const replay = new ReplayPage(page);
  await replay.open(run);
  await expect(page.getByLabel('Status')).toContainText('WINE, REPLAY');
  await expect(replay.slider).toHaveAttribute('aria-valuemax', String(told.length));
  const goTo = page.getByRole('textbox', { name: 'Go to a time or an event' });
  for (let place = 0; place <= PLACES; place++) {
    const event = Math.max(1, Math.floor((told.length * place) / PLACES));
    await goTo.fill(String(event));
    await goTo.press('Enter');
    await replay.atEvent(event);
    expect(expectTold(await replay.shown(), told)).toContain(event);
  }
  await replay.button('To the end').click();
  await expect(replay.heading).toContainText(': 0 ports held');
}
