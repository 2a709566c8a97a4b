import { electronTest as test, expect } from '../lanes/fixtures.ts';
import { answerDialogs, askedDialogs, chooseMenu, menuItem, runningService } from './desktop.ts';
import { startLongRun } from './page-client.ts';

test('the menu leads to every place', async ({ app, page }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  for (const [item, place] of [
    ['Experiments', '#/experiments'],
    ['Runs', '#/runs'],
    ['Host', '#/host'],
    ['New run', '#/experiments'],
  ] as const) {
    await chooseMenu(app, item);
    await expect.poll(() => new URL(page.url()).hash, { message: item }).toBe(place);
  }
});

test('what the menu offers has a key, and is offered only where it does something', async ({
  app,
  page,
}) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  expect(await menuItem(app, 'new-run')).toMatchObject({ enabled: true, accelerator: 'Ctrl+N' });
  expect(await menuItem(app, 'import')).toMatchObject({ enabled: true, accelerator: 'Ctrl+O' });
  expect(await menuItem(app, 'stop')).toMatchObject({ enabled: false, accelerator: 'Shift+Esc' });
  expect(await menuItem(app, 'save-pdf')).toMatchObject({ enabled: false });
  expect(await menuItem(app, 'recent')).toMatchObject({ enabled: false });
  await page.evaluate(() => (location.hash = '#/runs/some-run'));
  await expect.poll(async () => (await menuItem(app, 'save-pdf')).enabled).toBe(true);
});

test('the keys do the same', async ({ app, page }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  const press = (keyCode: string): Promise<void> =>
    app.evaluate(({ BrowserWindow }, keyCode) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      for (const type of ['keyDown', 'keyUp'] as const) {
        contents?.sendInputEvent({ type, keyCode, modifiers: ['control'] });
      }
    }, keyCode);
  for (const [key, place] of [
    ['3', '#/runs'],
    ['2', '#/experiments'],
    ['1', '#/host'],
    ['N', '#/experiments'],
  ] as const) {
    await press(key);
    await expect.poll(() => new URL(page.url()).hash, { message: `Ctrl+${key}` }).toBe(place);
  }
  const zoom = (): Promise<number | undefined> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
    );
  // Where most keyboards have the plus, no Shift is needed.
  await press('=');
  await expect.poll(zoom).toBeGreaterThan(1);
  await press('0');
  await expect.poll(zoom).toBe(1);
});

test('Stop stops the run', async ({ app, lab, page }) => {
  const run = await startLongRun(page);
  await expect.poll(async () => (await menuItem(app, 'stop')).enabled).toBe(true);
  await chooseMenu(app, 'Stop');
  await expect.poll(async () => (await menuItem(app, 'stop')).enabled).toBe(false);
  const { stdout } = await lab.portlab('runs', 'list', '--json');
  const { runs } = JSON.parse(stdout) as { runs: { id: string; status: string }[] };
  expect(runs).toMatchObject([{ id: run, status: 'cancelled' }]);
});

test('zoom and full screen are the window’s own', async ({ app, page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const zoom = (): Promise<number | undefined> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
    );
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
  await chooseMenu(app, 'Zoom in');
  await expect.poll(zoom).toBeGreaterThan(1);
  await chooseMenu(app, 'Actual size');
  await expect.poll(zoom).toBe(1);
  await chooseMenu(app, 'Zoom out');
  await expect.poll(zoom).toBeLessThan(1);
});

test('About names versions, where data lies and the licence', async ({ app, lab, page }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await answerDialogs(app, { button: 0 });
  await chooseMenu(app, 'About Port Scalability Lab');
  await expect.poll(async () => (await askedDialogs(app)).length).toBe(1);
  const [about] = await askedDialogs(app);
  const detail = String(about?.['detail']);
  expect(about?.['message']).toBe('Port Scalability Lab');
  expect(detail).toMatch(/^Version \d+\.\d+\.\d+ · lab service \d+\.\d+\.\d+$/m);
  expect(detail).toMatch(/^Electron \d+\.[\d.]+ · Chromium \d+/m);
  expect(detail).toContain(lab.database);
  expect(detail).toContain('MIT License');
  expect(about?.['buttons']).toEqual(['Close', 'Open data folder']);
});

test('About still opens when the service is down', async ({ app, page }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  process.kill((await runningService(app)).pid, 'SIGKILL');
  await expect(page.getByText('The lab service ended.')).toBeVisible();
  await answerDialogs(app, { button: 0 });
  await chooseMenu(app, 'About Port Scalability Lab');
  await expect.poll(async () => (await askedDialogs(app)).length).toBe(1);
  const [about] = await askedDialogs(app);
  expect(about?.['detail']).toContain('unknown while the lab service is down');
});
