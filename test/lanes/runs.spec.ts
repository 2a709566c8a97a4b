import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './fixtures.ts';
import { Lab } from './lab.ts';
import { save } from './save-file.ts';

/** Recorded runs: found, opened, deleted, carried from one lab to another. */

const CAPACITY = ['run', 'capacity', '--stack', 'simulated', '--addresses', '10.0.0.1,10.0.0.2'];

const SEED = [
  ['run', 'sweep', '--stack', 'simulated', '--seed', '1', '--title', 'Option check'],
  [...CAPACITY, '--seed', '2', '--exhaust', '--title', 'Ceiling', '--tag', 'weekly'],
  [...CAPACITY, '--seed', '3', '--title', 'Safe'],
];

// A bare list of two or more lists is taken for a value and its options.
test.use({ seed: [SEED, { scope: 'test' }] });

async function showRuns(page: Page): Promise<void> {
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await screens.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/No run recorded|recorded;/);
}

function rows(page: Page): Locator {
  return page.getByRole('grid', { name: 'Recorded runs' }).locator('tbody').getByRole('row');
}

async function names(page: Page): Promise<string[]> {
  const cells = await rows(page).getByRole('rowheader').allTextContents();
  return cells.map((text) => text.replace(/ (?:capacity|sweep).*$/, ''));
}

async function openRun(page: Page, name: string): Promise<void> {
  await showRuns(page);
  await rows(page).filter({ hasText: name }).getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('tab', { name: 'Verdict' })).toBeVisible();
}

test('runs are found, sorted and opened, by the keyboard too', async ({ page }) => {
  await showRuns(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    '3 runs recorded; newest: Safe',
  );
  await expect.poll(() => names(page)).toEqual(['Safe', 'Ceiling', 'Option check']);
  await expectNoAxeViolations(page);

  const search = page.getByRole('searchbox', { name: 'Search runs' });
  await search.fill('WEEKLY');
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText('1 of 3 runs')).toBeVisible();
  await search.fill('no such thing');
  await expect(page.getByText('No run matches.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all runs' }).click();
  await expect(rows(page)).toHaveCount(3);

  await page.getByRole('combobox', { name: 'Provenance' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Simulated (3)' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByText('3 of 3 runs')).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => names(page)).toEqual(['Ceiling', 'Option check', 'Safe']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => names(page)).toEqual(['Safe', 'Option check', 'Ceiling']);

  await rows(page).first().focus();
  await page.keyboard.press('End');
  await expect(rows(page).last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('instead of 16,384');
});

test('deleted runs can be taken back, from another screen too', async ({ page }) => {
  await showRuns(page);
  await rows(page).first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByText('2 runs chosen')).toBeVisible();
  await page.keyboard.press('Delete');

  const bar = page.getByRole('group', { name: 'Deleted runs' });
  await expect(bar).toContainText('2 runs deleted.');
  await expect(bar.getByRole('button', { name: 'Undo' })).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('1 run recorded');
  await expect.poll(() => names(page)).toEqual(['Option check']);
  await expectNoAxeViolations(page);

  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Host' })
    .click();
  await expect(bar).toHaveCount(0);
  await showRuns(page);
  await bar.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(
    page.getByRole('status').filter({ hasText: '2 runs back in the list.' }),
  ).toHaveCount(1);
  await expect
    .poll(async () => (await names(page)).toSorted())
    .toEqual(['Ceiling', 'Option check', 'Safe']);
  await expect(bar).toHaveCount(0);
});

test('a run goes out as a file and comes into a fresh lab', async ({ lab, opened, openLab }) => {
  await showRuns(opened.page);
  await opened.page.getByRole('checkbox', { name: 'Choose Ceiling' }).check();
  const file = join(lab.folder, 'carried.labrun');
  const name = await save(
    opened,
    () => opened.page.getByRole('button', { name: 'Export' }).click(),
    file,
  );
  expect(name).toMatch(/^[\w-]+\.labrun$/);
  await expect(opened.page.getByRole('list', { name: 'Files' })).toContainText(`${name} exported`);
  await expect.poll(() => existsSync(file)).toBe(true);
  const notes = join(lab.folder, 'notes.labrun');
  writeFileSync(notes, 'no run at all');

  const other = new Lab(lab.lane);
  const there = await openLab(other, {});
  try {
    const { page } = there;
    await showRuns(page);
    await expect(page.getByRole('button', { name: 'Go to Sweep' })).toBeVisible();
    await expectNoAxeViolations(page);
    await page.getByLabel('Files to import').setInputFiles([notes, file]);
    const list = page.getByRole('list', { name: 'Files' });
    await expect(list).toContainText(/notes\.labrun refused.*no \.labrun file/);
    await expect(list).toContainText('carried.labrun imported');
    await expectNoAxeViolations(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('1 run recorded');

    // A drop shows where, and what is known already is said to be.
    const bytes = readFileSync(file).toString('base64');
    await page.evaluate(async (base64) => {
      const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], 'dropped.labrun'));
      const fire = (type: string): boolean =>
        document.body.dispatchEvent(
          new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }),
        );
      fire('dragenter');
      fire('dragover');
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (document.body.textContent?.includes('Drop .labrun files') !== true) {
        throw new Error('no drop zone is shown');
      }
      fire('drop');
    }, bytes);
    await expect(list).toContainText('dropped.labrun in the library already, and the same');
    await expect(page.getByText('Drop .labrun files to import them')).toHaveCount(0);

    await list.getByRole('link', { name: 'Open the run' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('instead of 16,384');
    const id = name.replace('.labrun', '');
    const [from, to] = await Promise.all(
      [lab, other].map(async (one) =>
        JSON.parse((await one.portlab('runs', 'show', id, '--json')).stdout),
      ),
    );
    expect(to).toEqual(from);
  } finally {
    await there.close();
    other.dispose();
  }
  expect(other.problems.unexpected()).toEqual([]);
});

test('a run shows its verdict, measures, report and how to repeat it', async ({ lab, opened }) => {
  const { page } = opened;
  await openRun(page, 'Ceiling');
  const claims = page.getByRole('table', {
    name: 'Documented claims, and how this run settles them',
  });
  await expect(claims.getByRole('row', { name: /^PS-1/ })).toContainText('confirmed');
  await expect(claims.getByRole('row', { name: /^PS-1/ })).toContainText('MODELLED');
  await expect(page.getByRole('table', { name: 'What each arm came to' })).toContainText('32,768');
  await expect(page.getByRole('figure', { name: 'Ports bound, by address' })).toBeVisible();
  await expectNoAxeViolations(page);

  await page.getByRole('tab', { name: 'Verdict' }).press('ArrowRight');
  await expect(page.getByRole('tab', { name: /^Measures/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  const measures = page.getByRole('table', { name: 'Measures' });
  await expect(measures.getByRole('row', { name: /port-scalability\.bound/ })).toContainText(
    '32,768',
  );
  await expectNoAxeViolations(page);

  await page.getByRole('tab', { name: /^Repeat/ }).click();
  await expect(page.getByRole('region', { name: 'Command line' })).toContainText(
    /portlab run capacity .*--exhaust --seed 2/,
  );
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(page).toHaveURL(/#\/experiments\/capacity$/);

  await openRun(page, 'Ceiling');
  const file = join(lab.folder, 'report.html');
  await save(opened, () => page.getByRole('button', { name: 'Export report' }).click(), file);
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toContain('instead of 16,384');

  // Last, because a frame that may run nothing lets no test look into it either.
  await page.getByRole('tab', { name: 'Report' }).click();
  const frame = page.getByTitle(/^Report of run/);
  await expect(frame).toHaveAttribute('sandbox', '');
  const source = (await frame.getAttribute('src')) ?? '';
  const report = await page.evaluate(async (path) => (await fetch(path)).text(), source);
  expect(report).toContain('instead of 16,384');
  await expect(page.getByText('Drawing the report')).toHaveCount(0);
  expect((await frame.boundingBox())?.height).toBeGreaterThan(400);
});

test('the events of a run are all there, to the last row', async ({ page }) => {
  await openRun(page, 'Ceiling');
  await page.getByRole('tab', { name: /^Events/ }).click();
  const grid = page.getByRole('grid', { name: 'Recorded calls' });
  const count = Number(await grid.getAttribute('aria-rowcount')) - 1;
  expect(count).toBeGreaterThan(90_000);
  await expect(grid.getByRole('row').nth(1)).toContainText('option-less sockets may starve');
  await expectNoAxeViolations(page);

  const body = grid.getByRole('rowgroup', { name: 'Recorded calls' });
  await body.focus();
  await page.keyboard.press('End');
  const last = grid.locator(`[aria-rowindex="${count + 1}"]`);
  await expect(last).toContainText((count - 1).toLocaleString('en'));
  await expect(last).toContainText('option-less sockets must find ports again');
  await expect(last).toHaveAttribute('aria-selected', 'true');

  const row = page.getByRole('textbox', { name: /^Row/ });
  await row.fill(String(count));
  await row.press('Enter');
  await expect(page.getByRole('alert')).toContainText('A row from 0 to');
  await row.fill('50,000');
  await row.press('Enter');
  await expect(grid.locator('[aria-rowindex="50002"]')).toContainText('50,000');

  await page.getByRole('switch', { name: 'Failed calls only' }).click();
  await expect(page.getByText(/^5 failed calls: WSAENOBUFS \(10055\) in all/)).toBeVisible();
  const failed = page.getByRole('grid', { name: 'Failed calls' });
  await expect(failed.getByRole('row')).toHaveCount(6);
  await expectNoAxeViolations(page);
  await failed.getByRole('row').nth(1).click();
  await failed
    .getByRole('row')
    .nth(4)
    .click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Copy 4 rows' }).click();
  await expect(page.getByText('4 rows copied.')).toBeVisible();
  await row.fill('');
  await row.press('ControlOrMeta+v');
  await expect(row).toHaveValue(/t_ns.*WSAENOBUFS/);

  await page.getByRole('button', { name: 'Show among all calls' }).click();
  await expect(grid.getByRole('row', { selected: true })).toContainText('WSAENOBUFS (10055)');
});

test('an unknown run says so and leads back', async ({ page }) => {
  await page.evaluate(() => {
    location.hash = '/runs/20000101-000000-none';
  });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('no such run');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Show the recorded runs' }).click();
  await expect(rows(page)).toHaveCount(3);
});
