import type { ElectronApplication } from '@playwright/test';
import { electronTest as test, expect } from '../lanes/fixtures.ts';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly policy: string;
  readonly text: string;
}

/** Asks as the page's own session, from the main process. */
async function ask(app: ElectronApplication, address: string, method = 'GET'): Promise<Answer> {
  return app.evaluate(
    async ({ session }, { address, method }) => {
      const response = await session.defaultSession.fetch(address, { method });
      return {
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        policy: response.headers.get('content-security-policy') ?? '',
        text: (await response.text()).slice(0, 200),
      };
    },
    { address, method },
  );
}

test('app:// holds the page and nothing outside its folder', async ({ app }) => {
  for (const path of ['/', '/index.html', '/%69ndex.html']) {
    const { status, type, text } = await ask(app, `app://lab${path}`);
    expect(status, path).toBe(200);
    expect(type).toBe('text/html; charset=utf-8');
    expect(text).toMatch(/^<!doctype html>/i);
  }
  for (const path of [
    // Each would be there, were it followed.
    '/../electron/main.js',
    '/..%2felectron/main.js',
    '/%2e%2e/electron/main.js',
    '/%2e%2e%2felectron%2fmain.js',
    '/assets/../../electron/main.js',
    '/assets/..%2f..%2felectron/main.js',
    '/..%5celectron%5cmain.js',
    '/..\\electron\\main.js',
    '/%252e%252e%252felectron%252fmain.js',
    '/%2fetc%2fhostname',
    '//etc/hostname',
    '/C:%5cWindows%5cwin.ini',
    '/index.html%00.png',
    '/%',
    '/assets/',
    '/assets',
  ]) {
    const { status, text } = await ask(app, `app://lab${path}`);
    expect(status, path).toBe(404);
    expect(text, path).toMatch(/^no such (?:file|place)\n$/);
  }
});

test('app:// knows no other host and only gives', async ({ app }) => {
  expect((await ask(app, 'app://other/index.html')).status).toBe(404);
  expect((await ask(app, 'app://lab.example/index.html')).status).toBe(404);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    expect((await ask(app, 'app://lab/index.html', method)).status, method).toBe(405);
  }
});

test('a report that isn’t there is said not to be', async ({ app }) => {
  const { status, text, type } = await ask(app, 'app://lab/report/nothing.html');
  expect(status).toBe(404);
  expect(type).toMatch(/^text\/plain/);
  expect(text).toContain('nothing');
});

test.describe('with a recorded run', () => {
  test.use({ seed: [['run', 'capacity', '--stack', 'simulated']] });

  test('its report has a policy of its own and no origin', async ({ app, lab, page }) => {
    const { stdout } = await lab.portlab('runs', 'list', '--json');
    const id = (JSON.parse(stdout) as { runs: { id: string }[] }).runs[0]?.id ?? '';
    const { status, policy, type, text } = await ask(app, `app://lab/report/${id}.html`);
    expect(status).toBe(200);
    expect(type).toBe('text/html; charset=utf-8');
    expect(policy).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'",
    );
    expect(text).toMatch(/^<!doctype html>/i);

    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.evaluate((id) => {
      const frame = document.createElement('iframe');
      frame.src = `./report/${id}.html`;
      frame.title = 'report under test';
      document.body.append(frame);
    }, id);
    const frame = page.frameLocator('iframe[title="report under test"]');
    await expect(frame.getByRole('heading', { level: 1 })).toBeAttached();
    const origins = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.mainFrame.frames.map(({ origin }) => origin),
    );
    expect(origins).toEqual(['null']);
  });
});
