import type { Page } from '@playwright/test';
import { electronTest as test, expect } from '../lanes/fixtures.ts';
import { answerDialogs, askedDialogs } from './desktop.ts';

async function reachable(page: Page, address: string): Promise<boolean> {
  return page.evaluate(
    (address) =>
      fetch(address, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ),
    address,
  );
}

test('the page is sandboxed and sees nothing of Node or Electron', async ({ app, page }) => {
  const seen = await page.evaluate(() => {
    const scope = globalThis as unknown as Record<string, unknown>;
    return ['process', 'require', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => scope[name] !== undefined,
    );
  });
  expect(seen).toEqual([]);
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
  });
  expect(preferences['allowRunningInsecureContent']).not.toBe(true);
  // It would download dictionaries.
  expect(await app.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled())).toBe(
    false,
  );
});

test('the preload script adds nothing to the page’s world', async ({ page }) => {
  const added = await page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow ?? {}));
    frame.remove();
    return Object.getOwnPropertyNames(window).filter((name) => !plain.has(name));
  });
  // Numbers are frames; names of Playwright and of the page's own libraries aside.
  const others = /^(?:\d+|__pw|__playwright|playwright|__zod|__keyborg|__tabster)/;
  expect(added.filter((name) => !others.test(name))).toEqual([]);
});

test('the page comes with its policy, and a new nonce each time', async ({ page }) => {
  const nonces = new Set<string>();
  for (let time = 0; time < 2; time++) {
    const [response] = await Promise.all([
      page.waitForResponse('app://lab/index.html'),
      page.reload(),
    ]);
    const policy = (await response.headerValue('content-security-policy')) ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
    expect(await response.headerValue('x-content-type-options')).toBe('nosniff');
    const nonce = /'nonce-([\w-]+)'/.exec(policy)?.[1] ?? '';
    expect(nonce).toHaveLength(22);
    expect(await response.text()).not.toContain('PORTLAB-NONCE');
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(2);
});

test('the policy holds: no inline script, no inline style, no eval', async ({ lab, page }) => {
  lab.allowProblem(/Content Security Policy/);
  const done = await page.evaluate(async () => {
    const scope = window as unknown as { ran?: boolean };
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    const style = document.createElement('style');
    style.textContent = '#root { opacity: 0.5 }';
    document.head.append(style);
    const remote = document.createElement('script');
    remote.src = 'https://example.com/a.js';
    const failed = new Promise((resolve) => remote.addEventListener('error', () => resolve(true)));
    document.head.append(remote);
    // By now this is no longer the debugger's own evaluation, which may do anything.
    const remoteFailed = await failed;
    let evaluated = true;
    try {
      // oxlint-disable-next-line no-eval -- it is what must fail
      (0, eval)('1');
    } catch {
      evaluated = false;
    }
    return {
      ran: scope.ran ?? false,
      opacity: getComputedStyle(document.getElementById('root') as HTMLElement).opacity,
      evaluated,
      remoteFailed,
    };
  });
  expect(done).toEqual({ ran: false, opacity: '1', evaluated: false, remoteFailed: true });
});

test('nothing is loaded from a network, even where the policy would be gone', async ({
  lab,
  app,
  page,
}) => {
  lab.allowProblem(/Content Security Policy|Failed to load resource|ERR_BLOCKED_BY_CLIENT/);
  expect(await reachable(page, 'http://127.0.0.1:1/')).toBe(false);
  // A bare window of the same session, without any policy.
  const blocked = await app.evaluate(async ({ BrowserWindow, session }) => {
    const tried: string[] = [];
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
    for (const address of ['http://127.0.0.1:1/', 'https://example.com/', 'file:///etc/hostname']) {
      await window.loadURL(address).catch((error: Error) => tried.push(error.message.slice(0, 28)));
    }
    window.destroy();
    return { tried, persistent: session.defaultSession.isPersistent() };
  });
  expect(blocked.tried).toEqual(Array.from({ length: 3 }, () => 'ERR_BLOCKED_BY_CLIENT (-20) '));
});

test('the page can’t be led away', async ({ app, lab, page }) => {
  lab.allowProblem(/Not allowed to (?:load local resource|navigate top frame)/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const before = page.url();
  await answerDialogs(app, {});
  for (const address of [
    'https://example.com/',
    'file:///etc/hostname',
    'app://lab/report/x.html',
    'app://other/index.html',
    'data:text/html,x',
  ]) {
    await page.evaluate((address) => {
      const link = document.createElement('a');
      link.href = address;
      document.body.append(link);
      link.click();
      link.remove();
      location.assign(address);
    }, address);
    await page.waitForTimeout(100);
    expect(page.url(), address).toBe(before);
  }
  // Playwright waits for the refused navigations to end, so the page itself is asked.
  expect(await page.evaluate(() => document.querySelectorAll('h1').length)).toBe(1);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(await askedDialogs(app)).toEqual([]);
});

test('no window is opened, no webview attached', async ({ app, page }) => {
  const opened = await page.evaluate(() => {
    const webview = document.createElement('webview');
    webview.setAttribute('src', 'app://lab/index.html');
    document.body.append(webview);
    const link = document.createElement('a');
    link.href = 'app://lab/index.html';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    return window.open('app://lab/index.html') !== null;
  });
  expect(opened).toBe(false);
  await page.waitForTimeout(300);
  const contents = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((one) => one.getType()),
  );
  expect(contents).toEqual(['window']);
});

test('every permission is denied', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const denied: Record<string, string> = {};
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'midi',
    ];
    for (const name of names) {
      denied[name] = await navigator.permissions
        .query({ name: name as PermissionName })
        .then(({ state }) => state);
    }
    denied['asked for notifications'] = await Notification.requestPermission();
    denied['media'] = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    );
    denied['display'] = await navigator.mediaDevices.getDisplayMedia().then(
      () => 'granted',
      (error: Error) => error.name,
    );
    return denied;
  });
  for (const [name, state] of Object.entries(states)) {
    expect(state, name).toMatch(
      /^(?:denied|NotAllowedError|NotFoundError|NotSupportedError|InvalidStateError)$/,
    );
  }
});
