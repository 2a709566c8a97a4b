import type { Browser, BrowserType } from '@playwright/test';
import { browserHere } from '#build/web/lane.mjs';
import type { Lab, OpenLab, OpenRequest } from './lab.ts';
import { serve } from './serve.ts';

/** As a person's browser, but headless, and silent on the network. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of this machine, headless. */
export async function launchBrowser(chromium: BrowserType): Promise<Browser> {
  const here = browserHere();
  if (here === undefined) throw new Error('There is no Chromium here; run npm test to set it up.');
  // Chromium's own sandbox refuses to run as root.
  const args = process.getuid?.() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS;
  return chromium.launch({ ...here, args, headless: true });
}

/** The page `portlab serve` serves, in a fresh profile. */
export async function openInBrowser(
  lab: Lab,
  browser: Browser,
  { attachTo }: OpenRequest,
): Promise<OpenLab> {
  const served = attachTo === undefined ? await serve(lab) : undefined;
  const url = attachTo?.url ?? served?.url ?? '';
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    lab.problems.watch(page);
    await page.goto(url);
    return {
      page,
      resize: (width, height) => page.setViewportSize({ width, height }),
      close: async () => {
        await context.close();
        await served?.end();
      },
    };
  } catch (error) {
    await served?.end();
    throw error;
  }
}
