import type { Page } from '@playwright/test';
import { expect, test } from '../lanes/fixtures.ts';
import { SICK, isNoLook } from '../lanes/sick-host.ts';
import { tapWire } from '../lanes/wire-tap.ts';

/**
 * A few screens as pictures, in one browser: what moves by accident shows here. What differs from
 * machine to machine or from run to run is masked. After a change on purpose:
 * `npx playwright test --project=web pictures --update-snapshots`, and look at them.
 */
test.use({
  seed: [
    ['run', 'capacity', '--stack', 'simulated', '--exhaust', '--seed', '7'].concat(
      '--addresses',
      '10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4',
    ),
  ],
});

const LOOSE = { maxDiffPixelRatio: 0.01, animations: 'disabled' } as const;

async function show(page: Page, place: string, theme: string): Promise<void> {
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate((to) => {
    location.hash = to;
  }, place);
  // The navigation keeps what was chosen last; the mouse must not colour anything.
  await page.mouse.move(0, 0);
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  await page.evaluate(() => document.fonts.ready);
}

const masked = (page: Page) => [
  page.getByRole('contentinfo'),
  page.getByRole('group', { name: 'Console command' }),
];

for (const [name, media, theme] of [
  ['light', { colorScheme: 'light' }, 'light'],
  ['dark', { colorScheme: 'dark' }, 'dark'],
  ['forced-colors', { colorScheme: 'dark', forcedColors: 'active' }, 'forced'],
] as const) {
  test(`the catalogue of experiments, ${name}`, async ({ page }) => {
    await page.emulateMedia(media);
    await show(page, '/experiments', theme);
    await expect(page.getByRole('link', { name: 'Set up Capacity' })).toBeVisible();
    await expect(page).toHaveScreenshot(`experiments-${name}.png`, {
      ...LOOSE,
      mask: masked(page),
    });
  });

  test(`the verdict of a simulated run, ${name}`, async ({ page }) => {
    await page.emulateMedia(media);
    await show(page, '/runs/last', theme);
    const main = page.getByRole('main');
    await expect(main.getByRole('table').first()).toBeVisible();
    await expect(main.locator('canvas').first()).toBeVisible();
    await expect(page).toHaveScreenshot(`verdict-${name}.png`, {
      ...LOOSE,
      mask: [
        ...masked(page),
        main.getByRole('navigation', { name: 'Breadcrumb' }),
        main.getByText(/UTC/),
      ],
    });
  });

  test(`the doctor of a server out of ports, ${name}`, async ({ page }) => {
    await page.emulateMedia(media);
    await tapWire(page, { answered: (result) => (isNoLook(result) ? SICK : undefined) });
    await page.reload();
    await show(page, '/doctor', theme);
    const main = page.getByRole('main');
    await expect(main.getByRole('list', { name: 'Headroom' })).toBeVisible();
    await expect(main.getByText('Looking')).toHaveCount(0);
    await expect(page).toHaveScreenshot(`doctor-${name}.png`, {
      ...LOOSE,
      mask: [page.getByRole('contentinfo')],
    });
  });
}
