import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { bundleWorker } from '#build/bundle-worker.mjs';
import { launchBrowser } from '../lanes/web-lane.ts';
import { aDayOnAHost } from './a-day-on-a-host.ts';

const SEED = 7;

test('the engine runs in a browser’s worker, and comes to the same events', async () => {
  const code = await bundleWorker(join(import.meta.dirname, 'engine-worker.ts'));
  const browser = await launchBrowser(chromium);
  try {
    const page = await browser.newPage();
    const told = await page.evaluate(
      ({ script, seed }) =>
        new Promise((resolve, reject) => {
          const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
          const worker = new Worker(url);
          worker.addEventListener('message', ({ data }) => resolve(data));
          worker.addEventListener('error', ({ message }) => reject(new Error(message)));
          worker.postMessage(seed);
        }),
      { script: code, seed: SEED },
    );
    const here = aDayOnAHost(SEED);
    expect(told).toEqual(here);
    expect(here.filled).toBeGreaterThan(50 * 16_000);
    expect(here.digest).not.toBe(aDayOnAHost(SEED + 1).digest);
  } finally {
    await browser.close();
  }
});
