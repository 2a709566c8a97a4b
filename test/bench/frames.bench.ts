import { type Page, chromium } from '@playwright/test';
import { browserHere } from '#build/web/lane.mjs';
import { Lab } from '#test/lanes/lab.ts';
import { serve } from '#test/lanes/serve.ts';
import { launchBrowser } from '#test/lanes/web-lane.ts';
import { frameTimes } from './frames/frame-times.ts';
import { recordedEvents, startPacedRun, stopRun } from './frames/paced-run.ts';
import { compare } from './result.ts';
import type { BenchResult } from './result.ts';

const RATES = [100_000, 400_000];
const ROUNDS = 3;
/** Until the page has settled on a run that is well under way. */
const SETTLE_MS = 2_000;
const IDLE_SECONDS = 3;
const SECONDS = 8;

/**
 * Frames of the live view while a simulated run is recorded at so many events a second, against those
 * of the same page with nothing going on; and whether the recording keeps that pace. Service, its
 * writer, and the browser without a GPU share this machine's cores.
 */
export async function bench(): Promise<BenchResult[]> {
  if (browserHere() === undefined) {
    process.stderr.write('  left out: there is no Chromium here; npm test sets one up\n');
    return [];
  }
  const results: BenchResult[] = [];
  for (const rate of RATES) {
    const frames = [];
    const recorded = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { idle, live, perSecond } = await oneRound(rate);
      process.stderr.write(
        `  ${rate} events/s: p95 ${live.p95.toFixed(1)} ms, longest ${live.max.toFixed(1)} ms, ` +
          `${live.frames} frames, ${live.longTasks} long tasks; recorded ${Math.round(perSecond)}/s\n`,
      );
      frames.push({ ours: live.p95, yardstick: idle.p95 });
      recorded.push({ ours: perSecond, yardstick: rate });
    }
    const name = `live view at ${rate / 1_000}k events/s`;
    results.push(
      compare(`${name}: frame p95, against idle`, 'ms', frames),
      compare(`${name}: recorded, against the pace`, 'events/s', recorded),
    );
  }
  return results;
}

/** A fresh service and page each: what one round recorded must not slow the next. */
async function oneRound(rate: number) {
  const lab = new Lab('web');
  const browser = await launchBrowser(chromium);
  try {
    const served = await serve(lab);
    try {
      const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
      const page = await context.newPage();
      await page.goto(served.url);
      await page.getByRole('link', { name: 'Experiments' }).first().waitFor();
      const idle = await frameTimes(page, IDLE_SECONDS);
      await startPacedRun(page, rate, SETTLE_MS / 1_000 + SECONDS + 3);
      await page.waitForTimeout(SETTLE_MS);
      const measured = await whileRunning(page);
      await stopRun(page);
      return { idle, ...measured };
    } finally {
      await served.end();
    }
  } finally {
    await browser.close();
    lab.dispose();
  }
}

async function whileRunning(page: Page) {
  const before = await recordedEvents(page);
  const from = performance.now();
  const live = await frameTimes(page, SECONDS);
  const after = await recordedEvents(page);
  const perSecond = ((after - before) * 1_000) / (performance.now() - from);
  return { live, perSecond };
}
