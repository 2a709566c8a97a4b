import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronTest as test, expect } from '../lanes/fixtures.ts';
import { runningService } from './desktop.ts';
import { clientOver, startLongRun, takePort } from './page-client.ts';

test('where the window was is remembered', async ({ app, lab, page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 90, y: 60, width: 1100, height: 750 });
  });
  const file = join(lab.folder, 'user-data', 'window.json');
  const place = { x: 90, y: 60, width: 1100, height: 750, maximized: false };
  await expect(() => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(place);
  }).toPass({ timeout: 5_000 });
});

test('the window does not become smaller than its screens are laid out for', async ({ app }) => {
  const size = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
  );
  expect(size).toEqual([1024, 700]);
});

test('drawn by software, titled, and shown once', async ({ app, page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const seen = await app.evaluate(({ app, BrowserWindow }) => ({
    gpu: app.getGPUFeatureStatus().gpu_compositing,
    windows: BrowserWindow.getAllWindows().map((window) => [window.isVisible(), window.getTitle()]),
  }));
  expect(seen.gpu).toMatch(/^disabled/);
  expect(seen.windows).toHaveLength(1);
  expect(seen.windows[0]?.[0]).toBe(true);
  expect(seen.windows[0]?.[1]).toMatch(/Port Scalability Lab/);
});

test('a run shows on the taskbar, and its end to whoever looks elsewhere', async ({
  app,
  page,
}) => {
  await app.evaluate(({ BrowserWindow, Notification }) => {
    const scope = globalThis as unknown as {
      bars: number[];
      notices: { title: string; body: string; click(): void }[];
    };
    scope.bars = [];
    scope.notices = [];
    const window = BrowserWindow.getAllWindows()[0];
    if (window !== undefined) window.setProgressBar = (share) => void scope.bars.push(share);
    Object.assign(Notification, { isSupported: () => true });
    Notification.prototype.show = function show(this: Electron.Notification) {
      const { title, body } = this;
      scope.notices.push({ title, body, click: () => void this.emit('click') });
    };
    if (window !== undefined) window.isFocused = () => false;
  });
  const port = await takePort(page);
  const client = await clientOver(port);
  const started = performance.now();
  const { run } = await client.call('startRun', {
    wish: { experiment: 'sweep', stack: 'simulated', parameters: { rate: '500' } },
  });
  await port.release();
  const bars = (): Promise<number[]> =>
    app.evaluate(() => (globalThis as unknown as { bars: number[] }).bars);
  await expect.poll(async () => (await bars()).some((share) => share > 0)).toBe(true);
  await page.waitForTimeout(Math.max(0, 11_000 - (performance.now() - started)));
  await page.keyboard.press('Shift+Escape');
  await expect.poll(async () => (await bars()).at(-1), { timeout: 15_000 }).toBe(-1);
  const notices = await app.evaluate(() => {
    const { notices } = globalThis as unknown as {
      notices: { title: string; body: string; click(): void }[];
    };
    for (const notice of notices) notice.click();
    return notices.map(({ title, body }) => ({ title, body }));
  });
  expect(notices).toHaveLength(1);
  expect(notices[0]?.title).toMatch(/: the run has ended$/);
  expect(notices[0]?.body).not.toBe('');
  await expect.poll(() => new URL(page.url()).hash).toBe(`#/runs/${run}`);
});

test('a page that crashes can be had back, and the service with it', async ({ app, lab, page }) => {
  lab.allowProblem(/crashed/);
  await startLongRun(page);
  const service = await runningService(app);
  await app.evaluate(({ BrowserWindow, dialog }) => {
    const scope = globalThis as unknown as { asked: string[] };
    scope.asked = [];
    dialog.showMessageBox = async (...words: unknown[]) => {
      scope.asked.push((words.at(-1) as { message: string }).message);
      return { response: 0, checkboxChecked: false };
    };
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked))
    .toEqual([expect.stringMatching(/^The window’s page ended: /)]);
  const text = (): Promise<string> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]
        ?.webContents.executeJavaScript('document.body.innerText')
        .catch(() => ''),
    ) as Promise<string>;
  await expect.poll(text, { timeout: 15_000 }).toMatch(/Lab holds \d+ ports/);
  expect((await runningService(app)).pid).toBe(service.pid);
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
  });
});
