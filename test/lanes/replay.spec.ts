import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { RunLibrary } from '#data/run-library.ts';
import { expect, expectNoAxeViolations, test } from './fixtures.ts';
import type { Lab } from './lab.ts';
import { ReplayPage, expectTold, toldEvents } from './replay-page.ts';

/** Recorded runs played again: by mouse and by keyboard, beside a model, event for event. */

const FIXTURES = join(import.meta.dirname, '../fixtures/format-1');
const CAPACITY = ['run', 'capacity', '--stack', 'simulated', '--addresses', '10.0.0.1,10.0.0.2'];
const SEED = [
  [...CAPACITY, '--seed', '2', '--exhaust', '--title', 'Ceiling'],
  ['runs', 'import', join(FIXTURES, 'wine-starvation.labrun')],
  ['runs', 'import', join(FIXTURES, 'wine-walkthrough.labrun')],
];

// Thousands of events are read on the page, row by row.
test.setTimeout(150_000);

// A bare list of two or more lists is taken for a value and its options.
test.use({ seed: [SEED, { scope: 'test' }] });

function runOf(lab: Lab, experiment: string, wine = false): string {
  const library = new RunLibrary(lab.database);
  const found = library
    .list()
    .find((run) => run.experiment === experiment && (run.host.wine !== null) === wine);
  library.close();
  if (found === undefined) throw new Error(`no run of ${experiment}`);
  return found.id;
}

/** From the list of runs over the run's own page, as a person goes. */
async function openFromRuns(page: Page, name: string): Promise<ReplayPage> {
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await screens.getByRole('link', { name: 'Runs' }).click();
  const grid = page.getByRole('grid', { name: 'Recorded runs' });
  await grid
    .getByRole('row')
    .filter({ hasText: name })
    .getByRole('rowheader')
    .getByRole('link')
    .click();
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  const replay = new ReplayPage(page);
  await replay.ready();
  return replay;
}

test('a run is played, stepped through and jumped about in, by mouse', async ({ page }) => {
  const replay = await openFromRuns(page, 'Ceiling');
  await expect(replay.heading).toContainText(/[\d,]+ events in 98\.\d ms of virtual time/);
  const trail = page.getByRole('navigation', { name: 'Breadcrumb' });
  await expect(trail.getByRole('link')).toHaveText(['Runs', /^Ceiling, run /]);
  await expect(page.getByLabel('Status')).toContainText('SIMULATED, REPLAY');
  await expectNoAxeViolations(page);

  await page.getByRole('radio', { name: '¼×' }).click();
  await replay.button('Play').click();
  await expect.poll(() => replay.event()).toBeGreaterThan(100);
  await replay.button('Pause').click();
  // What was asked for before it was pressed still comes.
  await page.waitForTimeout(300);
  const paused = await replay.event();
  await expect(replay.heading).toContainText(
    /^At [\d.]+ ms: [\d,]+ ports held, [\d,]+ free on all/,
  );
  await page.waitForTimeout(300);
  expect(await replay.event()).toBe(paused);
  await replay.button('Next event').click();
  await replay.atEvent(paused + 1);
  await replay.button('Previous event').click();
  await replay.button('Previous event').click();
  await replay.atEvent(paused - 1);

  await replay.button('first error').click();
  await expect(replay.heading).toContainText('bind fails with WSAENOBUFS (10055) on 10.0.0.');
  const first = await replay.event();
  await expect(replay.rows.filter({ hasText: '10055 WSAENOBUFS' }).first()).toBeVisible();
  await replay.button('Next error').click();
  await expect.poll(() => replay.event()).toBeGreaterThan(first);
  await replay.button('Previous error').click();
  await replay.atEvent(first);
  await replay.button('Previous error').click();
  await expect(page.getByText('No failed call in that direction.')).toBeVisible();
  // The run leaves no socket without the option in want, and says so.
  await expect(replay.button('starvation')).toHaveAttribute('aria-disabled', 'true');

  await replay.button('evidence').click();
  await page.getByRole('menuitem', { name: /^PS-2/ }).click();
  await expect(page.getByRole('region', { name: 'What goes on' })).toContainText(
    'PS-2 shows here: first number held on two addresses',
  );
  await expectNoAxeViolations(page);

  const goTo = page.getByRole('textbox', { name: 'Go to a time or an event' });
  await goTo.fill('1,000');
  await goTo.press('Enter');
  await replay.atEvent(1_000);
  await goTo.fill('50 ms');
  await goTo.press('Enter');
  await expect(replay.heading).toContainText('At 50.000 ms');
  await goTo.fill('tomorrow');
  await goTo.press('Enter');
  await expect(page.getByRole('alert')).toContainText('A time with its unit');

  // Drag the playhead from a quarter to the middle, then take a row of the table.
  const box = await replay.slider.boundingBox();
  if (box === null) throw new Error('no slider');
  const y = box.y + box.height / 3;
  await page.mouse.move(box.x + box.width / 4, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 3, y);
  await page.mouse.move(box.x + box.width / 2, y, { steps: 5 });
  await page.mouse.up();
  await expect(replay.slider).toHaveAttribute('aria-valuetext', /^49\.\d+ ms/);
  const middle = await replay.event();
  await replay.rows.first().click();
  await expect.poll(() => replay.event()).toBeLessThan(middle);

  await replay.button('To the end').click();
  await expect(replay.heading).toContainText(': 0 ports held, 16,384 free on all.');
  await replay.button('To the start').click();
  await replay.atEvent(0);
});

test('it plays to its end as fast as it can, and begins anew', async ({ page, lab }) => {
  const replay = new ReplayPage(page);
  await replay.open(runOf(lab, 'capacity'));
  const last = Number(await replay.slider.getAttribute('aria-valuemax'));
  await page.getByRole('radio', { name: 'max' }).click();
  await replay.button('Play').click();
  await replay.atEvent(last);
  await expect(replay.button('Play')).toBeVisible();
  await page.getByRole('radio', { name: '¼×' }).click();
  await replay.button('Play').click();
  await expect.poll(() => replay.event()).toBeLessThan(last / 2);
});

test('the same by the keyboard', async ({ page, lab }) => {
  const run = runOf(lab, 'capacity');
  await page.evaluate((to) => {
    location.hash = to;
  }, `/runs/${run}`);
  await page.getByRole('button', { name: 'Replay', exact: true }).press('Enter');
  const replay = new ReplayPage(page);
  await replay.ready();
  await expect(replay.heading).toBeFocused();

  // The heading has the focus, and the space bar means nothing to it.
  await page.keyboard.press('Space');
  await expect.poll(() => replay.event()).toBeGreaterThan(0);
  await page.keyboard.press('Space');
  await expect(replay.button('Play')).toBeVisible();

  await replay.slider.focus();
  await page.keyboard.press('Home');
  await replay.atEvent(0);
  await page.keyboard.press('ArrowRight');
  await replay.atEvent(1);
  await page.keyboard.press('Shift+ArrowRight');
  await replay.atEvent(101);
  await page.keyboard.press('ArrowLeft');
  await replay.atEvent(100);
  await expect(replay.slider).toHaveAttribute(
    'aria-valuetext',
    /event 100 of [\d,]+, \d+ ports held/,
  );
  // A second of this replay is a millisecond of the run's clock: a thousand calls.
  await page.keyboard.press('PageUp');
  await expect.poll(() => replay.event()).toBeGreaterThan(1_000);
  await page.keyboard.press('PageDown');
  await expect.poll(() => replay.event()).toBeLessThan(200);
  await page.keyboard.press('End');
  await replay.atEvent(Number(await replay.slider.getAttribute('aria-valuemax')));
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Space');
  await expect(replay.button('Play')).toBeVisible();

  await page.getByRole('radio', { name: '1×', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: '10×' })).toBeChecked();
  await expect(page.getByRole('radio', { name: '10×' })).toBeFocused();

  await replay.table.focus();
  await page.keyboard.press('Home');
  await replay.atEvent(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await replay.atEvent(3);
  await page.keyboard.press('PageDown');
  await replay.atEvent(15);
  await expect(replay.table.getByRole('row', { selected: true })).toHaveCount(1);
  await page.keyboard.press('ArrowUp');
  await replay.atEvent(14);
  await expect(
    page.getByRole('status').filter({ hasText: /^At [\d.]+ ms: \d+ ports held/ }),
  ).toHaveCount(1);
});

test('another assumption makes another track of the model', async ({ page, lab }) => {
  const replay = new ReplayPage(page);
  await replay.open(runOf(lab, 'capacity'));
  const why = page.getByRole('region', { name: 'Why they differ' });
  await expect(replay.heading).toContainText('the run and the model never part');
  await expect(replay.button('Next difference')).toHaveAttribute('aria-disabled', 'true');

  await replay.model.getByRole('combobox', { name: 'Rules of the model' }).click();
  await page.getByRole('option', { name: 'windows-server-2008r2-unpatched' }).click();
  await replay.ready();
  await expect(replay.heading).toContainText(/the model part at [\d,]+ calls, first at [\d.]+ ms/);
  await replay.button('Next difference').click();
  await expect(replay.heading).toContainText('the run and the model part: ');
  await expect(replay.heading).toContainText('which the model forbids');
  await expect(why).toContainText('Do addresses of one adapter share numbers');
  await expect(replay.rows.filter({ hasText: '◆ not ' }).first()).toBeVisible();
  const instant = page.getByRole('table', { name: 'Both tracks at this instant' });
  const held = async (): Promise<string[]> =>
    instant.locator('tbody tr td:nth-child(2)').allTextContents();
  const before = await held();
  expect(before[0]).not.toBe(before[1]);
  await expectNoAxeViolations(page);

  const there = await replay.event();
  await why.getByRole('button', { name: /^Set A28 to shared and replay$/ }).click();
  await replay.ready();
  await replay.atEvent(there);
  await expect(why).toContainText('They do not');
  await expect.poll(held).toEqual([before[0], before[0]]);
  await replay.model.getByRole('button', { name: 'Undo A28' }).press('Enter');
  await expect(replay.heading).toContainText('the run and the model part: ');
  await expect.poll(held).toEqual(before);

  // Any switch, not only those a difference names.
  await replay.model.getByRole('combobox', { name: 'Assumption' }).click();
  await page.getByRole('option', { name: /^A14 / }).click();
  await replay.model.getByRole('combobox', { name: 'Value of A14' }).press('ArrowDown');
  await page.getByRole('option', { name: 'wine', exact: true }).click();
  await replay.ready();
  const kinds = page.getByRole('list', { name: 'Kinds of differences in the whole run' });
  await expect(kinds).toContainText(
    'a full pool answers WSAENOBUFS (10055), not WSAEADDRINUSE (10048)',
  );
  await kinds.getByRole('button', { name: /a full pool answers/ }).click();
  await expect(replay.heading).toContainText('WSAEADDRINUSE (10048)');
});

for (const [experiment, steps] of [
  ['walkthrough', 'ArrowDown'],
  ['starvation', 'PageDown'],
] as const) {
  test(`a recorded Wine run of ${experiment} is replayed event for event`, async ({
    page,
    lab,
  }) => {
    const run = runOf(lab, experiment, true);
    const library = new RunLibrary(lab.database);
    const told = toldEvents(library.events(run), library.addresses(run));
    library.close();
    const replay = new ReplayPage(page);
    await replay.open(run);
    await expect(page.getByLabel('Status')).toContainText('WINE, REPLAY');
    await expect(page.getByRole('main').getByText('WINE', { exact: true }).first()).toBeVisible();
    await expect(page.getByRole('main').getByText('REAL', { exact: true })).toHaveCount(0);
    await expect(replay.heading).toContainText('Wine and the model part at');

    await replay.table.focus();
    await page.keyboard.press('Home');
    const seen = new Set<number>();
    for (let event = 1; ;) {
      await replay.atEvent(event);
      for (const one of expectTold(await replay.shown(), told)) seen.add(one);
      const selected = await replay.table.getByRole('row', { selected: true }).textContent();
      expect(selected).toContain(told[event - 1]?.call);
      if (event === told.length) break;
      event = Math.min(told.length, event + (steps === 'ArrowDown' ? 1 : 12));
      await page.keyboard.press(steps);
    }
    expect(seen.size).toBe(told.length);
    await expectNoAxeViolations(page);
  });
}

test('a run that goes on is replayed so far, and to its end', async ({ page, lab }) => {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Experiments' })
    .click();
  await page.getByRole('link', { name: 'Set up Capacity' }).click();
  await page.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('textbox', { name: 'Paces a simulated run, events per second' }).fill('500');
  await expect(page.getByRole('group', { name: 'Console command' })).toContainText('rate=500');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForURL(/\/live\//);
  const run = decodeURIComponent(page.url().split('/live/')[1] ?? '');

  const replay = new ReplayPage(page);
  await page.evaluate((to) => {
    location.hash = to;
  }, `/runs/${run}/replay`);
  const so = (): Promise<number> =>
    replay.slider.getAttribute('aria-valuemax').then((max) => Number(max));
  await expect.poll(so).toBeGreaterThan(100);
  const first = await so();
  await replay.button('To the end').click();
  await expect.poll(() => replay.event()).toBeGreaterThan(100);
  await expect.poll(so).toBeGreaterThan(first);

  await page
    .getByRole('button', { name: /^Stop and release/ })
    .first()
    .click();
  await replay.ready();
  const { rows } = JSON.parse((await lab.portlab('runs', 'show', run, '--json')).stdout) as {
    rows?: number;
  };
  expect(rows ?? (await so())).toBe(await so());
  await replay.button('To the end').click();
  await expect(replay.heading).toContainText(': 0 ports held');
});

test('a damaged recording shows what could be read', async ({ page, lab }) => {
  const run = runOf(lab, 'capacity');
  const db = new Database(lab.database);
  const third = db
    .prepare<[], { first_seq: number }>(
      "SELECT first_seq FROM event_chunk JOIN run USING (rid) WHERE experiment = 'capacity' ORDER BY first_seq LIMIT 1 OFFSET 2",
    )
    .get();
  db.prepare('UPDATE event_chunk SET body = zeroblob(length(body)) WHERE first_seq = ?').run(
    third?.first_seq,
  );
  db.close();
  const replay = new ReplayPage(page);
  await replay.open(run);
  await expect(page.getByText(/events from [\d,]+ on can.t be read/)).toBeVisible();
  await expect(replay.slider).toHaveAttribute('aria-valuemax', String(third?.first_seq));
  await replay.button('To the end').click();
  await replay.atEvent(third?.first_seq ?? -1);
  await expectNoAxeViolations(page);
});

test('an unknown run says so and leads back', async ({ page }) => {
  await page.evaluate(() => {
    location.hash = '/runs/20000101-000000-none/replay';
  });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('no such run');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Show the recorded runs' }).click();
  const name = 'Replay Ceiling';
  await page.getByRole('link', { name, exact: true }).click();
  await new ReplayPage(page).ready();
});
