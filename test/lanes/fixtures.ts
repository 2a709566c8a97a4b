import { type ElectronApplication, type Page, type TestInfo, test as base } from '@playwright/test';
import { openDisplay } from './display.ts';
import { openInElectron } from './electron-lane.ts';
import { Lab, type Lane, type OpenLab, type OpenRequest } from './lab.ts';
import { launchBrowser, openInBrowser } from './web-lane.ts';

export { expect } from '@playwright/test';
export { expectNoAxeViolations } from './axe.ts';
export type { Lab } from './lab.ts';

interface Options {
  /** Commands of the console run before the page opens; each must end with 0. */
  seed: readonly (readonly string[])[];
  /** Further arguments of the desktop. */
  desktopArgs: readonly string[];
}

interface Fixtures {
  lab: Lab;
  /** What is opened: the lab's own service, unless a test says otherwise. */
  wanted: OpenRequest;
  opened: OpenLab;
  /** The lab's page, open: in a browser, or the desktop's first window. */
  page: Page;
  /** Gives the page a size in CSS pixels. */
  resize: OpenLab['resize'];
}

export interface LaneOptions {
  /** A project of playwright.config.ts says which. */
  lane: Lane;
}

interface WorkerFixtures extends LaneOptions {
  /** Opens a page of the lane; the browser, or the virtual display, is there as long as the worker. */
  openLab: (lab: Lab, wanted: OpenRequest) => Promise<OpenLab>;
}

/**
 * One set for both lanes: a spec in this folder runs against `portlab serve` in a browser and against
 * the desktop, and says nothing about which. A test fails on any error it did not expect
 * (`lab.allowProblem`), and everything it started is ended after it.
 */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  lane: ['web', { option: true, scope: 'worker' }],
  seed: [[], { option: true }],
  desktopArgs: [[], { option: true }],

  openLab: [
    async ({ lane, playwright }, use) => {
      if (lane === 'web') {
        const browser = await launchBrowser(playwright.chromium);
        await use((lab, wanted) => openInBrowser(lab, browser, wanted));
        await browser.close();
      } else {
        const display = await openDisplay();
        await use((lab, wanted) => openInElectron(lab, display, wanted));
        await display.end();
      }
    },
    { scope: 'worker' },
  ],

  lab: async ({ lane, seed }, use) => {
    const lab = new Lab(lane);
    try {
      for (const command of seed) {
        const { status, stderr } = await lab.portlab(...command);
        if (status !== 0) throw new Error(`portlab ${command.join(' ')}: ${status}\n${stderr}`);
      }
      await use(lab);
      const problems = lab.problems.unexpected();
      if (problems.length > 0) throw new Error(`Unexpected:\n${problems.join('\n')}`);
    } finally {
      lab.dispose();
    }
  },

  wanted: async ({ desktopArgs }, use) => use({ args: desktopArgs }),

  opened: async ({ openLab, lab, wanted }, use, info) => {
    const opened = await openLab(lab, wanted);
    await use(opened);
    if (info.status !== info.expectedStatus) await attachPicture(opened.page, info);
    await opened.close();
  },

  page: async ({ opened }, use) => use(opened.page),
  resize: async ({ opened }, use) => use(opened.resize),
});

/** What a failed test looked like. */
async function attachPicture(page: Page, info: TestInfo): Promise<void> {
  try {
    const body = await page.screenshot({ timeout: 5_000 });
    await info.attach('screen', { body, contentType: 'image/png' });
  } catch {
    // A window that is gone or hangs: that is what the test's own failure says.
  }
}

/** For what only the desktop has: the same, and its application object. */
export const electronTest = test.extend<{ app: ElectronApplication }>({
  app: async ({ opened }, use) => {
    if (opened.app === undefined) throw new Error('This test belongs to the electron lane.');
    await use(opened.app);
  },
});
