import { Buffer } from 'node:buffer';
import type { Page } from '@playwright/test';
import { createLabClient, type LabClient } from '#engine/api/client.ts';
import { API_VERSION } from '#engine/api/contract.ts';
import type { ToScreen } from '#engine/api/shell.ts';
import type { Wire } from '#engine/api/wire.ts';

/** The page's port in a test's hands. */
export interface PagePort {
  readonly wire: Wire;
  /** What main said beside the frames. */
  readonly said: ToScreen[];
  /** Puts anything on the port, as JSON can say it; `bytes` as bytes. */
  post(message: { readonly bytes: Uint8Array } | { readonly value: unknown }): Promise<void>;
  /** Loads the page anew, and its own code has the port again. */
  release(): Promise<void>;
}

const FLAG = 'test-takes-port';

/**
 * Takes the port that main hands to the page before the page's own code gets it: what a page could do
 * at worst. Frames go through the sandboxed page, the preload script and main, as they always do.
 */
export async function takePort(page: Page): Promise<PagePort> {
  let onFrame: (frame: Uint8Array) => void = () => {};
  let closed: (reason: string) => void = () => {};
  const said: ToScreen[] = [];
  await page.exposeFunction('testFrame', (text: string) => {
    onFrame(new Uint8Array(Buffer.from(text, 'base64')));
  });
  await page.exposeFunction('testSaid', (message: ToScreen) => void said.push(message));
  await page.addInitScript((flag) => {
    if (sessionStorage.getItem(flag) === null) return;
    addEventListener('message', (event) => {
      const [port] = event.ports;
      if (event.source !== window || port === undefined) return;
      event.stopImmediatePropagation();
      const scope = window as unknown as {
        testPort: MessagePort;
        testFrame(text: string): void;
        testSaid(message: unknown): void;
      };
      scope.testPort = port;
      port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (!(data instanceof Uint8Array)) return scope.testSaid(data);
        let text = '';
        for (const byte of data) text += String.fromCharCode(byte);
        scope.testFrame(btoa(text));
      });
      port.start();
    });
  }, FLAG);
  await page.evaluate((flag) => sessionStorage.setItem(flag, '1'), FLAG);
  await page.reload();
  await page.waitForFunction(() => 'testPort' in window);

  // Frames stay in order: each waits for the one before.
  let sending: Promise<unknown> = Promise.resolve();
  const post: PagePort['post'] = (message) => {
    const sent =
      'bytes' in message
        ? { bytes: Buffer.from(message.bytes).toString('base64') }
        : { value: message.value };
    const done = sending.then(() =>
      page.evaluate((sent) => {
        const { testPort } = window as unknown as { testPort: MessagePort };
        if ('bytes' in sent && sent.bytes !== undefined) {
          testPort.postMessage(Uint8Array.from(atob(sent.bytes), (letter) => letter.charCodeAt(0)));
        } else {
          testPort.postMessage(sent.value);
        }
      }, sent),
    );
    sending = done.catch(() => {});
    return done;
  };
  return {
    wire: {
      send: (frame) => void post({ bytes: frame }).catch((error) => closed(String(error))),
      pending: 0,
      onFrame: (handler) => (onFrame = handler),
      onClose: (handler) => (closed = handler),
      close: () => closed(''),
    },
    said,
    post,
    async release() {
      await page.evaluate((flag) => sessionStorage.removeItem(flag), FLAG);
      await page.reload();
    },
  };
}

/** The lab's client over the page's port, hello said. */
export async function clientOver(port: PagePort): Promise<LabClient> {
  const client = createLabClient(port.wire, {
    activity: () => {},
    ended: () => {},
    runsChanged: () => {},
    closed: () => {},
  });
  await client.call('hello', { api: API_VERSION });
  return client;
}

/** Starts a simulated run that goes on for minutes, and gives the page back to its own code. */
export async function startLongRun(page: Page): Promise<string> {
  const port = await takePort(page);
  const client = await clientOver(port);
  const { run } = await client.call('startRun', {
    wish: { experiment: 'sweep', stack: 'simulated', parameters: { rate: '500' } },
  });
  await port.release();
  return run;
}
