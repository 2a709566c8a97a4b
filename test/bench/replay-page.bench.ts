import { type Page, chromium } from '@playwright/test';
import { browserHere } from '#build/web/lane.mjs';
import { Lab } from '#test/lanes/lab.ts';
import { serve } from '#test/lanes/serve.ts';
import { launchBrowser } from '#test/lanes/web-lane.ts';
import { frameTimes } from './frames/frame-times.ts';
import { recordEmptyRun, recordLongRun } from './replay-page/long-run.ts';
import { openReplay, readWhole } from './replay-page/opening.ts';
import { scrub } from './replay-page/scrubbing.ts';
import { compare } from './result.ts';
import type { BenchResult } from './result.ts';

const SIZES = [1_000_000, 10_000_000];
const ROUNDS = 3;
const IDLE_SECONDS = 3;
const SETTLE_MS = 1_000;

/**
 * The replay screen in Chromium: from a click to the first instant drawn, against a run without events;
 * and frames while the playhead is dragged over everything, against those of the same page left alone.
 */
export async function bench(): Promise<BenchResult[]> {
  if (browserHere() === undefined) {
    process.stderr.write('  left out: there is no Chromium here; npm test sets one up\n');
    return [];
  }
  const lab = new Lab('web');
  const browser = await launchBrowser(chromium);
  try {
    const empty = await recordEmptyRun(lab.database);
    const runs: { rows: number; run: string }[] = [];
    for (const rows of SIZES) runs.push({ rows, run: await recordLongRun(lab.database, rows) });
    const served = await serve(lab);
    const onPage = async <T>(use: (page: Page) => Promise<T>): Promise<T> => {
      const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
      try {
        const page = await context.newPage();
        await page.goto(served.url);
        await page.getByRole('link', { name: 'Runs' }).first().click();
        await page.getByRole('grid', { name: 'Recorded runs' }).waitFor();
        // As long as anybody looks at the list before a click.
        await page.waitForTimeout(SETTLE_MS);
        return await use(page);
      } finally {
        await context.close();
      }
    };
    try {
      const results: BenchResult[] = [];
      for (const { rows, run } of runs) {
        const opened = [];
        const frames = [];
        for (let round = 0; round < ROUNDS; round++) {
          const bare = await onPage((page) => openReplay(page, empty));
          const measured = await onPage(async (page) => {
            const first = await openReplay(page, run);
            await readWhole(page);
            const scrubbed = await scrub(page);
            return { first, scrubbed, idle: await frameTimes(page, IDLE_SECONDS) };
          });
          const { first, scrubbed, idle } = measured;
          process.stderr.write(
            `  ${rows} events: first frame ${first.toFixed(0)} ms, empty ${bare.toFixed(0)} ms; ` +
              `scrubbing p95 ${scrubbed.p95.toFixed(1)} ms, longest ${scrubbed.max.toFixed(0)} ms, ` +
              `${(scrubbed.fresh * 100).toFixed(0)} % of frames new; idle p95 ${idle.p95.toFixed(1)} ms\n`,
          );
          opened.push({ ours: first, yardstick: bare });
          frames.push({ ours: scrubbed.p95, yardstick: idle.p95 });
        }
        const name = `replay of ${rows / 1_000_000} M events in Chromium`;
        results.push(
          compare(`${name}: first frame, against an empty run`, 'ms', opened),
          compare(`${name}: scrubbing p95 frame, against idle`, 'ms', frames),
        );
      }
      return results;
    } finally {
      await served.end();
    }
  } finally {
    await browser.close();
    lab.dispose();
  }
}
