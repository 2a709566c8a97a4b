import type { Locator, Page } from '@playwright/test';
import { recordSample } from '#test/data/record-sample.ts';
import { sampleRun } from '#test/report/sample-run.ts';
import { expect, expectNoAxeViolations, test as base } from './fixtures.ts';

/** Recorded runs side by side: chosen from the list, by mouse and by keyboard; what may not be subtracted. */

const CAPACITY = ['run', 'capacity', '--stack', 'simulated', '--addresses', '10.0.0.1,10.0.0.2'];
const SEED = [
  [...CAPACITY, '--exhaust', '--seed', '1', '--title', 'Without the hotfix'].concat(
    '--profile',
    'windows-server-2008r2-unpatched',
  ),
  [...CAPACITY, '--exhaust', '--seed', '2', '--title', 'With the hotfix'],
  ['run', 'sweep', '--stack', 'simulated', '--seed', '3', '--title', 'On loopback'],
];

/** Invented: no host here is Windows, and Wine has a lane of its own. */
const REAL = '20260305-084117-real';
const UPDATED = '20260306-084117-updt';
const WINE = '20260307-084117-wine';
const MODEL = '20260308-084117-modl';

const test = base.extend({
  lab: async ({ lab }, use) => {
    recordSample(lab.database, sampleRun({ usable: 700 }), { id: REAL, title: 'Before' });
    recordSample(lab.database, sampleRun({ usable: 660 }), {
      id: UPDATED,
      title: 'After',
      startedAt: '2026-03-06T08:41:17.204Z',
    });
    recordSample(lab.database, sampleRun({ basis: 'wine', usable: 300 }), { id: WINE });
    recordSample(lab.database, sampleRun({ basis: 'modelled', usable: 700 }), { id: MODEL });
    await use(lab);
  },
});
test.use({ seed: [SEED, { scope: 'test' }] });

const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });
const cards = (page: Page): Locator =>
  page.getByRole('list', { name: 'Runs compared' }).getByRole('listitem');

async function showRuns(page: Page): Promise<void> {
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await screens.getByRole('link', { name: 'Runs' }).click();
  await expect(heading(page)).toContainText('7 runs recorded');
}

async function goTo(page: Page, ...ids: string[]): Promise<void> {
  await page.evaluate(
    (to) => {
      location.hash = to;
    },
    `/compare/${ids.join(',')}`,
  );
}

function row(page: Page, table: string, name: RegExp): Locator {
  return page.getByRole('table', { name: table }).getByRole('row', { name });
}

test('two runs chosen in the list: what flipped, and by how much', async ({ page }) => {
  await showRuns(page);
  const compare = page.getByRole('button', { name: 'Compare', exact: true });
  await expect(compare).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('checkbox', { name: 'Choose With the hotfix' }).check();
  await expect(compare).toHaveAttribute('aria-disabled', 'true');
  await expect(compare).toHaveAccessibleDescription(/2 to 8 runs/);
  await page.getByRole('checkbox', { name: 'Choose Without the hotfix' }).check();
  await compare.click();

  // The older one is what was before.
  await expect(heading(page)).toHaveText(
    'Two claims flipped: PS-2 refuted on A, confirmed on B; PS-3 refuted on A, confirmed on B',
  );
  await expect(cards(page)).toHaveCount(2);
  await expect(cards(page).first()).toContainText('Without the hotfix');
  await expect(cards(page).first()).toContainText('MODELLED');
  await expect(cards(page).first()).toContainText('profile windows-server-2008r2-unpatched');
  const flipped = row(page, 'Claims that flipped', /^PS-2/);
  await expect(flipped).toContainText('same NIC');
  await expect(flipped.getByText('refuted')).toBeVisible();
  await expect(flipped.getByText('confirmed')).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Ports bound, by address' })).toBeVisible();
  await expect(
    page
      .getByRole('figure', { name: 'Binds over virtual time, Port scalability' })
      .getByRole('img'),
  ).toHaveAccessibleDescription(/A reached 16,384.*B reached 32,768/);

  const bound = /^Ports bound Port scalability/;
  await expect(row(page, 'Figures, and their differences', bound)).toHaveText(
    /16,384\s*32,768\s*\+16,384\s*\+100$/,
  );
  const legacy = row(page, 'Figures, and their differences', /^Ports bound Legacy/);
  await expect(legacy).toHaveCount(0);
  const figures = page.getByRole('region', { name: 'Figures' });
  await figures.getByRole('switch', { name: 'Only what differs' }).click();
  await expect(legacy).toHaveText(/16,384\s*16,384\s*0\s*0$/);

  await expect(row(page, 'Facts of the runs', /A28/)).toContainText('not-shared');
  await expect(row(page, 'Facts of the runs', /^Experiment/)).toHaveCount(0);
  await page
    .getByRole('region', { name: 'Runs, hosts and parameters' })
    .getByRole('switch', { name: 'Only what differs' })
    .click();
  await expect(row(page, 'Facts of the runs', /^Experiment/)).toContainText('capacity');
  await expect(row(page, 'Facts of the runs', /^differs: ?A28/)).toBeVisible();
  await expectNoAxeViolations(page);

  await page.getByRole('button', { name: 'Compare with B instead' }).click();
  await expect(heading(page)).toContainText('PS-2 confirmed on A, refuted on B');
  await expect(heading(page)).toBeFocused();
  await cards(page).first().getByRole('link', { name: 'With the hotfix' }).click();
  await expect(page.getByRole('tab', { name: 'Verdict' })).toBeVisible();
});

test('all of it by the keyboard', async ({ page }) => {
  await showRuns(page);
  const grid = page.getByRole('grid', { name: 'Recorded runs' });
  await grid.locator('tbody').getByRole('row').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByText('2 runs chosen')).toBeVisible();
  const compare = page.getByRole('button', { name: 'Compare', exact: true });
  for (let steps = 0; steps < 30; steps++) {
    await page.keyboard.press('Shift+Tab');
    if (await compare.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(compare).toBeFocused();
  await page.keyboard.press('Enter');

  // A sweep on loopback and a capacity run: no flip, and it says why.
  await expect(heading(page)).toBeFocused();
  await expect(heading(page)).toContainText('No claim was tested by two of these runs');
  const beware = page.getByRole('region', { name: 'Beware' });
  await expect(beware).toContainText('Different experiments (A capacity, B sweep)');
  await expect(beware).toContainText('Different kinds of addresses (A same NIC, B loopback)');
  await expect(page.getByRole('figure')).toHaveCount(0);

  const only = page
    .getByRole('region', { name: 'Figures' })
    .getByRole('switch', { name: 'Only what differs' });
  for (let steps = 0; steps < 30; steps++) {
    await page.keyboard.press('Tab');
    if (await only.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(only).toBeFocused();
  await expect(row(page, 'Figures, and their differences', /^Ports held/)).toHaveCount(0);
  await page.keyboard.press('Space');
  await expect(row(page, 'Figures, and their differences', /^Ports held while/)).toContainText(
    '200',
  );
  await expectNoAxeViolations(page);
});

test('real, Wine and simulated stand side by side, and nothing is subtracted', async ({
  page,
  lab,
  resize,
}) => {
  await goTo(page, REAL, MODEL, WINE, UPDATED);
  await expect(cards(page)).toHaveCount(4);
  for (const [at, badge] of ['MEASURED', 'MODELLED', 'WINE', 'MEASURED'].entries()) {
    await expect(cards(page).nth(at).getByText(badge, { exact: true })).toBeVisible();
  }
  await expect(page.getByRole('region', { name: 'Beware' })).toContainText(
    'A and D are measured on Windows, B is simulated and C is Wine: nothing is subtracted or averaged between them, and only A and D are evidence about Windows.',
  );
  // A, B, C, D, and the one difference there may be: D − A.
  await expect(
    row(page, 'Figures, and their differences', /^Ports bound Port scalability/),
  ).toHaveText(/2,800\s*2,800\s*1,200\s*2,640\s*−160\s*−5\.7$/);
  const columns = page
    .getByRole('table', { name: 'Figures, and their differences' })
    .getByRole('columnheader');
  await expect(columns).toHaveText([
    'Figure',
    'Of',
    'Unit',
    'Run A',
    'Run B',
    'Run C',
    'Run D',
    'D − A',
    '%',
  ]);
  await expect(
    page.getByRole('figure', { name: 'Bind latency, median, Port scalability' }).getByRole('img'),
  ).toHaveAccessibleDescription(/A: .*C: .*D: /);
  // Virtual time has an axis of its own.
  const binds = page.getByRole('figure', { name: 'Binds over time, Port scalability' });
  await expect(binds.getByRole('img')).toHaveAccessibleDescription(
    /A reached.*C reached.*D reached/,
  );
  const virtual = page.getByRole('figure', { name: 'Binds over virtual time, Port scalability' });
  await expect(virtual.getByRole('img')).toHaveAccessibleDescription(/\. B reached 2,800[^;]*$/);
  await virtual.getByRole('button', { name: 'Show as table' }).click();
  await expect(virtual.getByRole('table')).toContainText('Virtual time');
  await expectNoAxeViolations(page);
  await resize(1024, 700);
  await expectNoAxeViolations(page);

  const { status, stdout } = await lab.portlab('compare', REAL, MODEL, WINE, UPDATED, '--json');
  expect(status).toBe(0);
  const { sentence } = JSON.parse(stdout) as { sentence: string };
  await expect(heading(page)).toHaveText(sentence);
});

test('what can’t be compared says so and leads back', async ({ page }) => {
  for (const [ids, words] of [
    [[REAL, '20000101-000000-none'], 'No run 20000101-000000-none'],
    [[REAL], 'It takes two runs to compare.'],
    [[REAL, WINE, REAL], 'A run is named twice.'],
    [Array.from({ length: 9 }, (_, at) => `run-${at}`), 'At most 8 runs'],
  ] as const) {
    await goTo(page, ...ids);
    await expect(heading(page)).toHaveText('These runs can’t be compared');
    await expect(page.getByRole('main')).toContainText(words);
  }
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Show the recorded runs' }).press('Enter');
  await expect(heading(page)).toContainText('7 runs recorded');
});
