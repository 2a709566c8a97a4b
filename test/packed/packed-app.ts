import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { PROGRAM } from '#build/dist/places.mjs';
import { attachToWindow } from '../lanes/attach.ts';
import type { Display } from '../lanes/display.ts';
import type { Lab } from '../lanes/lab.ts';
import { endLeftovers, endProcess, watchFamily } from '../lanes/processes.ts';

const END_MS = 15_000;

export interface PackedApp {
  readonly page: Page;
  readonly child: ChildProcess;
  readonly end: () => Promise<void>;
}

/**
 * Starts a packed desktop and attaches to its window. Its fuses let nobody inspect the main process,
 * so Playwright's Electron launcher can't drive it; Chromium's own debugging port can.
 */
export async function startPackedApp(
  folder: string,
  lab: Lab,
  display: Display,
): Promise<PackedApp> {
  const child = spawn(
    join(folder, PROGRAM),
    [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      `--user-data-dir=${join(lab.folder, 'user-data')}`,
      '--db',
      lab.database,
    ],
    // Nothing of the sources' surroundings: neither variables nor a folder to find modules above.
    { cwd: lab.folder, env: plainEnvironment(lab, display), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const family = watchFamily(child);
  let browser: Browser | undefined;
  const end = async (): Promise<void> => {
    await browser?.close();
    if (!(await endProcess(child, 'SIGTERM', END_MS))) {
      lab.problems.note(`the packed desktop did not quit within ${END_MS / 1_000} s`);
    }
    for (const name of await endLeftovers(family.end(), END_MS)) {
      lab.problems.note(`the packed desktop left ${name} running`);
    }
  };
  try {
    const attached = await attachToWindow(child);
    browser = attached.browser;
    const { page } = attached;
    lab.problems.watch(page);
    return { page, child, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** What a program needs to show a window, and no more. */
export function plainEnvironment(lab: Lab, display?: Display): NodeJS.ProcessEnv {
  const kept = ['SystemRoot', 'TEMP', 'TMP', 'PATH', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA'];
  const inherited = kept.map((name) => [name, process.env[name]] as const);
  return { ...Object.fromEntries(inherited), HOME: lab.folder, ...display?.env };
}
