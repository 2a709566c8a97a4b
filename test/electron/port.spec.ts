import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_VERSION } from '#engine/api/contract.ts';
import { electronTest as test, expect } from '../lanes/fixtures.ts';
import { ELECTRON_OUT, runningService, serviceOf } from './desktop.ts';
import { clientOver, takePort } from './page-client.ts';

test('the page talks to the service through its port', async ({ lab, page }) => {
  const client = await clientOver(await takePort(page));
  const hello = await client.call('hello', { api: API_VERSION });
  expect(hello).toMatchObject({ mode: 'desktop', readOnly: false, database: lab.database });
  expect((await client.call('experiments', {})).experiments.length).toBeGreaterThan(0);
  // What only main may ask stays closed to the page.
  await expect(client.call('importFile', { path: '/etc/hostname' })).rejects.toThrow(
    'only the desktop itself',
  );
});

test('only the window’s own main frame gets a port, and only on our address', async ({
  app,
  page,
}) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await page.evaluate(() => document.body.append(document.createElement('iframe')));
  const given = await app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window === undefined) throw new Error('There is no window.');
    /** Asks for a port in a frame's name, and sees whether the frame is sent one. */
    const ask = (frame: Electron.WebFrameMain | null): number => {
      let ports = 0;
      const post = frame?.postMessage;
      if (frame !== null) {
        frame.postMessage = (...words) => {
          ports += words[2]?.length ?? 0;
          post?.apply(frame, words);
        };
      }
      ipcMain.emit('portlab-ready', { senderFrame: frame });
      if (frame !== null && post !== undefined) frame.postMessage = post;
      return ports;
    };
    const other = new BrowserWindow({ show: false });
    await other.loadURL('app://lab/index.html');
    const { mainFrame } = window.webContents;
    const results = {
      'a frame in the page': ask(mainFrame.frames[0] ?? null),
      'another window with our page': ask(other.webContents.mainFrame),
      'a frame that is gone': ask(null),
      'the page': ask(mainFrame),
      'on another address': 0,
    };
    other.destroy();
    // The window itself, led away by main: nothing else could.
    await window.loadURL('data:text/html,<p>elsewhere');
    results['on another address'] = ask(window.webContents.mainFrame);
    await window.loadURL('app://lab/index.html');
    return results;
  });
  expect(given).toEqual({
    'a frame in the page': 0,
    'another window with our page': 0,
    'a frame that is gone': 0,
    'the page': 1,
    'on another address': 0,
  });
  await expect(page.getByText('Nothing is running')).toBeVisible();
});

test('a message that only looks like ours gives no port', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const ports = await page.evaluate(async () => {
    let ports = 0;
    addEventListener('message', (event) => (ports += event.ports.length));
    postMessage('portlab-ready', location.origin);
    postMessage({ portlab: 'ready' }, location.origin);
    dispatchEvent(new Event('DOMContentLoaded'));
    await new Promise((done) => setTimeout(done, 500));
    return ports;
  });
  // The preload script asks once for each time the page is loaded.
  expect(ports).toBe(0);
});

test('10,000 wild messages on the port end neither main nor the service', async ({ app, page }) => {
  const port = await takePort(page);
  const client = await clientOver(port);
  const service = await runningService(app);
  const said = port.said.length;
  await page.evaluate(() => {
    const { testPort } = window as unknown as { testPort: MessagePort };
    // A small generator of its own: the same messages every time.
    let state = 12_345;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const encode = (header: string, body = ''): Uint8Array => {
      const text = new TextEncoder().encode(header);
      const frame = new Uint8Array(8 + text.length + body.length);
      frame.set([0x50, 0x4c, 1, 0]);
      new DataView(frame.buffer).setUint32(4, text.length, true);
      frame.set(text, 8);
      return frame;
    };
    const calls = ['startRun', 'deleteRuns', 'importFile', 'run', 'hello', '__proto__', 'grant'];
    const values = [null, -1, 1e300, '', 'x'.repeat(5_000), [], {}, [[]], { run: {} }, true];
    const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
    for (let at = 0; at < 10_000; at++) {
      const kind = random(6);
      if (kind === 0) {
        testPort.postMessage(Uint8Array.from({ length: random(300) }, () => random(256)));
      } else if (kind === 1) {
        const frame = encode(JSON.stringify({ t: 'q', i: 'w', m: pick(calls), a: pick(values) }));
        testPort.postMessage(frame);
      } else if (kind === 2) {
        const frame = encode(JSON.stringify({ t: pick(['q', 's', 'x']), i: 'w', r: pick(values) }));
        frame[random(frame.length)] = random(256);
        testPort.postMessage(frame);
      } else if (kind === 3) {
        testPort.postMessage(pick(values));
      } else if (kind === 4) {
        testPort.postMessage({
          shell: pick(['restart-service', 'save-pdf', 'x', 1]),
          run: pick(values),
          extra: pick(values),
        });
      } else {
        testPort.postMessage(new ArrayBuffer(random(64)));
      }
    }
  });
  expect((await client.call('experiments', {})).experiments.length).toBeGreaterThan(0);
  expect(serviceOf(app)?.pid).toBe(service.pid);
  // None was taken for a wish of the page: no restart, no dialog, no notice.
  expect(port.said.slice(said)).toEqual([]);
});

test('a frame at its largest passes, one beyond is dropped and nothing else is lost', async ({
  page,
}) => {
  const port = await takePort(page);
  const client = await clientOver(port);
  await page.evaluate(() => {
    const { testPort } = window as unknown as { testPort: MessagePort };
    testPort.postMessage(new Uint8Array(33 * 1024 * 1024));
    testPort.postMessage(new Uint8Array(32 * 1024 * 1024));
  });
  expect((await client.call('experiments', {})).experiments.length).toBeGreaterThan(0);
});

test('the preload script is one small file that reaches for nothing', () => {
  const text = readFileSync(join(ELECTRON_OUT, 'preload.cjs'), 'utf8');
  expect(text.length).toBeLessThan(2_000);
  expect([...text.matchAll(/require\(([^)]*)\)/g)].map((match) => match[1])).toEqual([
    '"electron"',
  ]);
});
