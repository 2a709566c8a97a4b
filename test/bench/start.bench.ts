import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium } from '@playwright/test';
import { ROOT, ensureBuilt, pinnedNode } from '#build/setup.mjs';
import { launchBrowser } from '#test/lanes/web-lane.ts';
import { endProcess } from '#test/lanes/processes.ts';
import { compare, type BenchResult } from './result.ts';

const ROUNDS = 7;
const END_MS = 10_000;

/**
 * From the start of `npm start`'s script, on a built tree and without a display, to a page that can be
 * used: its heading is there and the machine has been read. Against the least that could be: plain Node
 * serving one heading. The browser runs already.
 */
export async function bench(): Promise<BenchResult[]> {
  await ensureBuilt();
  const browser = await launchBrowser(chromium);
  const folder = mkdtempSync(join(tmpdir(), 'portlab-bench-'));
  try {
    const start = [join(ROOT, 'build', 'start.mjs'), '--db', join(folder, 'lab.labdb')];
    const bare = [join(import.meta.dirname, 'start', 'bare-server.ts')];
    const interactive = 'main h1';
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({
        ours: await msUntil(browser, start, interactive),
        yardstick: await msUntil(browser, bare, 'h1'),
      });
    }
    return [
      compare('start: npm start to a usable page, against plain Node and a heading', 'ms', rounds),
    ];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function msUntil(browser: Browser, args: readonly string[], seen: string): Promise<number> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const context = await browser.newContext();
  const page = await context.newPage();
  const from = performance.now();
  const child = spawn(pinnedNode(), args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).once('line', resolve);
      child.once('exit', () => reject(new Error(`${args[0]} ended`)));
    });
    await page.goto(url);
    await page.locator(seen).first().waitFor();
    return performance.now() - from;
  } finally {
    await context.close();
    await endProcess(child, 'SIGINT', END_MS);
  }
}
