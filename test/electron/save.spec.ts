import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lanes/fixtures.ts';
import { electronTest as test, expect } from '../lanes/fixtures.ts';
import { answerDialogs, askedDialogs, chooseMenu } from './desktop.ts';

test.use({ seed: [['run', 'capacity', '--stack', 'simulated']] });

async function onlyRun(lab: Lab): Promise<string> {
  const { stdout } = await lab.portlab('runs', 'list', '--json');
  return (JSON.parse(stdout) as { runs: { id: string }[] }).runs[0]?.id ?? '';
}

test('a run’s report is saved as PDF where the admin says', async ({ app, lab, page }) => {
  const run = await onlyRun(lab);
  const file = join(lab.folder, 'report.pdf');
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await page.evaluate((run) => (location.hash = `#/runs/${run}`), run);
  await answerDialogs(app, { file });
  await expect(async () => chooseMenu(app, 'Save report as PDF…')).toPass();
  await expect(page.getByText(`Saved: ${file}`)).toBeVisible({ timeout: 20_000 });
  const [asked] = await askedDialogs(app);
  expect(asked?.['defaultPath']).toMatch(/\.pdf$/);
  const pdf = readFileSync(file);
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  // Tagged, for screen readers; more than a page of nothing.
  expect(pdf.toString('latin1')).toContain('/MarkInfo');
  expect(pdf.length).toBeGreaterThan(20_000);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('a folder that can’t be written is said to be', async ({ app, lab, page }) => {
  const run = await onlyRun(lab);
  const file = join(lab.folder, 'taken.pdf');
  mkdirSync(file);
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await page.evaluate((run) => (location.hash = `#/runs/${run}`), run);
  await answerDialogs(app, { file });
  await expect(async () => chooseMenu(app, 'Save report as PDF…')).toPass();
  await expect(page.getByText(/No PDF was saved: open: EISDIR/)).toBeVisible({ timeout: 20_000 });
});

test('what the page makes is saved where the admin says', async ({ app, lab, page }) => {
  const file = join(lab.folder, 'made.csv');
  await expect(page.getByText('Nothing is running')).toBeVisible();
  // The system's own dialog can't be driven: the path it would give is set after our handler.
  await app.evaluate(({ session }, file) => {
    const scope = globalThis as unknown as { offered: unknown };
    session.defaultSession.on('will-download', (_event, item) => {
      scope.offered = item.getSaveDialogOptions();
      item.setSavePath(file);
    });
  }, file);
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['a,b\n1,2\n'], { type: 'text/csv' }));
    link.download = 'calls of a run.csv';
    link.click();
  });
  await expect(page.getByText(`Saved: ${file}`)).toBeVisible();
  expect(readFileSync(file, 'utf8')).toBe('a,b\n1,2\n');
  const offered = await app.evaluate(
    () => (globalThis as unknown as { offered: Electron.SaveDialogOptions }).offered,
  );
  expect(offered.defaultPath).toMatch(/calls of a run\.csv$/);
  expect(offered.filters?.[0]).toEqual({
    name: 'Comma-separated values',
    extensions: ['csv'],
  });
});

test('nothing but what the page made is downloaded', async ({ app, lab, page }) => {
  lab.allowProblem(/./);
  const file = join(lab.folder, 'foreign');
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await app.evaluate(({ session }, file) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(file));
  }, file);
  await page.evaluate(() => {
    for (const address of ['data:text/csv,a', 'app://lab/index.html']) {
      const link = document.createElement('a');
      link.href = address;
      link.download = 'foreign';
      link.click();
    }
  });
  await page.waitForTimeout(1_000);
  expect(existsSync(file)).toBe(false);
});
