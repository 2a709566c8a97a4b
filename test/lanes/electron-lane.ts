import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { type ElectronApplication, _electron } from '@playwright/test';
import { MAIN } from '#build/electron/places.mjs';
import { ensureTestElectron } from '#build/electron/runtime.mjs';
import type { Display } from './display.ts';
import type { Lab, OpenLab, OpenRequest } from './lab.ts';
import { endLeftovers, type FamilyWatch, hasEnded, waitUntil, watchFamily } from './processes.ts';

const START_MS = 30_000;
const END_MS = 15_000;
/** Characters of the log shown with a failure: its beginning has the cause. */
const LOG_SHOWN = 4_000;

/** The desktop on a fresh profile and the lab's database, and its first window. */
export async function openInElectron(
  lab: Lab,
  display: Display,
  { attachTo, args = [] }: OpenRequest,
): Promise<OpenLab> {
  const { dist } = await ensureTestElectron();
  // Playwright asks the electron package where its binary is. Named to it in this way, and not by
  // `executablePath`, it holds back `ready` until it listens: no error of the start is missed.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dist;
  const app = await _electron.launch({
    args: [
      // Chromium's own sandbox refuses to run as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${join(lab.folder, 'user-data')}`,
      MAIN,
      ...(attachTo === undefined ? ['--db', lab.database] : ['--connect', attachTo.connect]),
      ...args,
    ],
    cwd: lab.folder,
    env: environment(display),
    timeout: START_MS,
  });
  // Asked for now: once the application has ended, Playwright knows no process.
  const child = app.process();
  const family = watchFamily(child);
  const log: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => log.push(chunk.toString('utf8')));
  app.on('console', (message) => lab.problems.noteConsole('main', message));
  app.on('window', (page) => lab.problems.watch(page));
  try {
    const page = await app.firstWindow({ timeout: START_MS });
    lab.problems.watch(page);
    // As a browser's page: a window that has only begun to load can't be loaded anew.
    await page.waitForURL(/^app:/, { timeout: START_MS });
    return {
      page,
      app,
      resize: (width, height) => resize(app, width, height),
      close: () => close(lab, app, child, family),
    };
  } catch (error) {
    await close(lab, app, child, family);
    throw new Error(`The desktop opened no window:\n${log.join('').slice(0, LOG_SHOWN)}`, {
      cause: error,
    });
  }
}

function environment(display: Display): Record<string, string> {
  const own = { ...process.env, ...display.env };
  const entries = Object.entries(own).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
  );
  return Object.fromEntries(entries);
}

async function resize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [width, height]) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    },
    [width, height] as const,
  );
}

/**
 * Quits as a person would, where the test has not done so, and looks that nothing of it stays behind.
 */
async function close(
  lab: Lab,
  app: ElectronApplication,
  child: ChildProcess,
  family: FamilyWatch,
): Promise<void> {
  if (!hasEnded(child)) {
    let quit = false;
    void app.close().then(
      () => (quit = true),
      (error: unknown) => {
        quit = true;
        lab.problems.note(`the desktop could not be closed: ${String(error)}`);
      },
    );
    if (!(await waitUntil(() => quit && hasEnded(child), END_MS))) {
      lab.problems.note(`the desktop did not quit within ${END_MS / 1_000} s`);
      child.kill('SIGKILL');
    }
  }
  for (const name of await endLeftovers(family.end(), END_MS)) {
    lab.problems.note(`the desktop left ${name} running`);
  }
}
