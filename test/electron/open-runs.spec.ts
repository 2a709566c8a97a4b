import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lanes/fixtures.ts';
import { electronTest as test, expect } from '../lanes/fixtures.ts';
import { answerDialogs, askedDialogs, chooseMenu, menuItem, startAgain } from './desktop.ts';

/** A recorded run as a file, and no longer in the lab's list. */
async function runFile(lab: Lab, name: string): Promise<{ file: string; run: string }> {
  const ran = await lab.portlab('run', 'capacity', '--stack', 'simulated', '--json');
  const { run } = JSON.parse(ran.stdout) as { run: { id: string } };
  const file = join(lab.folder, name);
  for (const command of [
    ['runs', 'export', run.id, '--out', file],
    ['runs', 'delete', run.id],
  ]) {
    const { status, stderr } = await lab.portlab(...command);
    expect(status, stderr).toBe(0);
  }
  return { file, run: run.id };
}

async function recordedRuns(lab: Lab): Promise<string[]> {
  const { stdout } = await lab.portlab('runs', 'list', '--json');
  return (JSON.parse(stdout) as { runs: { id: string }[] }).runs.map(({ id }) => id);
}

test('Import asks for files, records them and shows the run', async ({ app, lab, page }) => {
  const { file, run } = await runFile(lab, 'from elsewhere & back.labrun');
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await answerDialogs(app, { file });
  await chooseMenu(app, 'Import recorded runs…');
  await expect.poll(() => new URL(page.url()).hash).toBe(`#/runs/${run}`);
  expect(await recordedRuns(lab)).toEqual([run]);
  const [asked] = await askedDialogs(app);
  expect(asked).toMatchObject({ properties: ['openFile', 'multiSelections'] });

  // It is among the recent ones, and can be opened from there: now it is known already.
  expect((await menuItem(app, 'recent')).below[0]).toBe('1 from elsewhere && back.labrun');
  await page.evaluate(() => (location.hash = '#/host'));
  await chooseMenu(app, '1 from elsewhere  back.labrun');
  await expect.poll(() => new URL(page.url()).hash).toBe(`#/runs/${run}`);
  await expect(page.getByText(/was recorded here already/)).toBeVisible();
  expect(await recordedRuns(lab)).toEqual([run]);

  await chooseMenu(app, 'Clear this list');
  expect(await menuItem(app, 'recent')).toMatchObject({ enabled: false });
});

test('cancelled, nothing happens', async ({ app, page }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  const before = page.url();
  await answerDialogs(app, { file: '' });
  await chooseMenu(app, 'Import recorded runs…');
  await expect.poll(async () => (await askedDialogs(app)).length).toBe(1);
  expect(page.url()).toBe(before);
});

test('a file that is no run is refused in words, and not remembered', async ({
  app,
  lab,
  page,
}) => {
  const file = join(lab.folder, 'broken.labrun');
  writeFileSync(file, 'SQLite format 3\0 but not really');
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await answerDialogs(app, { file });
  await chooseMenu(app, 'Import recorded runs…');
  await expect(page.getByText(/broken\.labrun was not imported: /)).toBeVisible();
  expect(await menuItem(app, 'recent')).toMatchObject({ enabled: false });
  expect(await recordedRuns(lab)).toEqual([]);
});

test('a second start hands its file to the first window and ends', async ({ app, lab, page }) => {
  const { file, run } = await runFile(lab, 'second.labrun');
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const { code } = await startAgain(app, [file]);
  expect(code).toBe(0);
  await expect.poll(() => new URL(page.url()).hash).toBe(`#/runs/${run}`);
  const windows = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => [window.isVisible(), window.isMinimized()]),
  );
  expect(windows).toEqual([[true, false]]);
});

test('a file that isn’t there is said to be missing', async ({ app, lab, page }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  const { code } = await startAgain(app, ['missing.labrun']);
  expect(code).toBe(0);
  await expect(page.getByText(/missing\.labrun was not imported: /)).toBeVisible();
  expect(await recordedRuns(lab)).toEqual([]);
});

const startedWithFile = test.extend<{ started: { file: string; run: string } }>({
  started: async ({ lab }, use) => use(await runFile(lab, 'double-clicked.labrun')),
  wanted: async ({ started }, use) => use({ args: [started.file] }),
});

startedWithFile('started with a file, it opens on its run', async ({ lab, page, started }) => {
  await expect.poll(() => new URL(page.url()).hash).toBe(`#/runs/${started.run}`);
  expect(await recordedRuns(lab)).toEqual([started.run]);
});
