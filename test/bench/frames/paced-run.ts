import type { Page } from '@playwright/test';

/** Numbers of the modelled host's range: what one address gives. */
const RANGE = 16_384;

/** Starts a simulated capacity run from its form, paced, that lasts `seconds` or a little longer. */
export async function startPacedRun(page: Page, rate: number, seconds: number): Promise<void> {
  // Each port is bound and released.
  const addresses = Math.ceil((rate * seconds) / (2 * RANGE));
  await page.getByRole('link', { name: 'Experiments' }).first().click();
  await page.getByRole('link', { name: 'Set up Capacity' }).click();
  await page.getByRole('radio', { name: 'Typed' }).click();
  await page
    .getByRole('textbox', { name: /^Addresses of the modelled host/ })
    .fill(`10.0.0.1-10.0.${Math.floor(addresses / 256)}.${addresses % 256}`);
  const exhaustive = page.getByRole('switch', { name: /^Exhaustive/ });
  if (!(await exhaustive.isChecked())) await exhaustive.click();
  const pace = page.getByRole('textbox', { name: /^Paces a simulated run/ });
  if (!(await pace.isVisible())) await page.getByRole('button', { name: /^More/ }).click();
  await pace.fill(String(rate));
  await page.getByText(`--set rate=${rate}`).waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForURL(/\/live\//);
}

/** Events recorded so far, as the screen says. */
export async function recordedEvents(page: Page): Promise<number> {
  const words = await page.getByText(/events recorded, all on disk/).textContent();
  const number = /([\d,]+) events recorded/.exec(words ?? '')?.[1];
  return Number(number?.replaceAll(',', '') ?? Number.NaN);
}

/** Stops it and waits until everything is released. */
export async function stopRun(page: Page): Promise<void> {
  const stop = page.getByRole('button', { name: /^Stop and release/ });
  if (await stop.isVisible()) await stop.click();
  await page.getByRole('link', { name: 'See the verdict' }).waitFor({ timeout: 60_000 });
}
