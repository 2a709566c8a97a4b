import type { Page } from '@playwright/test';

/**
 * From leaving another screen for a run's replay to the first instant that is drawn, ms. Of a run without
 * events, to the words that say so.
 */
export function openReplay(page: Page, run: string): Promise<number> {
  return page.evaluate(async (id) => {
    const from = performance.now();
    location.hash = `/runs/${id}/replay`;
    await new Promise<void>((done) => {
      const look = (): void => {
        const slider = document.querySelector('[role=slider][aria-valuetext*=" event "]');
        const empty = document.querySelector('h1')?.textContent?.startsWith('Nothing was recorded');
        if (slider !== null || empty === true) done();
        else requestAnimationFrame(look);
      };
      look();
    });
    return performance.now() - from;
  }, run);
}

/** Until everything was read and made on the model, or as much as is. */
export async function readWhole(page: Page): Promise<void> {
  await page.waitForFunction(
    () => !/of the recording read|made on the model/.test(document.body.textContent ?? ''),
    undefined,
    { timeout: 300_000, polling: 250 },
  );
  // The model begins when the recording was read.
  await page.waitForTimeout(1_000);
  await page.waitForFunction(
    () => !/made on the model/.test(document.body.textContent ?? ''),
    undefined,
    { timeout: 300_000, polling: 250 },
  );
}
