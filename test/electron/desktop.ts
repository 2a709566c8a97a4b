import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { MAIN } from '#build/electron/places.mjs';
import { expect } from '../lanes/fixtures.ts';
import { descendants, type ProcessMark } from '../lanes/processes.ts';

/** What a test asks of the desktop beside its page. */

/** Folder of the built main process and preload script. */
export const ELECTRON_OUT = dirname(MAIN);

/** The lab service of a desktop, the child of its main process. */
export function serviceOf(app: ElectronApplication): ProcessMark | undefined {
  return descendants(app.process().pid ?? 0).find(({ name }) => /^(?:node|MainThread)/.test(name));
}

/** The same, once it is there. */
export async function runningService(app: ElectronApplication): Promise<ProcessMark> {
  await expect.poll(() => serviceOf(app)?.pid).toBeGreaterThan(0);
  const found = serviceOf(app);
  if (found === undefined) throw new Error('The desktop has no lab service.');
  return found;
}

/** Chooses an item of the menu, as a click on it would. @param label as shown, without its `&` */
export async function chooseMenu(app: ElectronApplication, label: string): Promise<void> {
  await app.evaluate(({ BrowserWindow, Menu }, label) => {
    const find = (menu: Electron.Menu | null | undefined): Electron.MenuItem | undefined => {
      for (const item of menu?.items ?? []) {
        if (item.label.replaceAll('&', '') === label) return item;
        const below = find(item.submenu);
        if (below !== undefined) return below;
      }
      return undefined;
    };
    const item = find(Menu.getApplicationMenu());
    if (item === undefined) throw new Error(`The menu has no ${label}.`);
    if (!item.enabled) throw new Error(`${label} can’t be chosen.`);
    const window = BrowserWindow.getAllWindows()[0];
    item.click({}, window, window?.webContents);
  }, label);
}

/** One item of the menu, as it stands. */
export async function menuItem(
  app: ElectronApplication,
  id: string,
): Promise<{ enabled: boolean; accelerator: string; below: string[] }> {
  return app.evaluate(({ Menu }, id) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(id);
    if (item === null || item === undefined) throw new Error(`The menu has no ${id}.`);
    return {
      enabled: item.enabled,
      accelerator: String(item.accelerator),
      below: item.submenu?.items.map(({ label }) => label) ?? [],
    };
  }, id);
}

/** What the desktop's dialogs were asked, and how they answer from now on. */
export interface Answers {
  /** Index of a message box's button. */
  readonly button?: number;
  /** File of an open or save dialog; '' cancels. */
  readonly file?: string;
}

/** Native dialogs can't be clicked by a test: they answer so from now on. */
export async function answerDialogs(app: ElectronApplication, answers: Answers): Promise<void> {
  await app.evaluate(({ dialog }, { button = 0, file = '' }) => {
    const scope = globalThis as unknown as { asked: unknown[] };
    scope.asked ??= [];
    const note = (words: unknown[]): void => void scope.asked.push(words.at(-1));
    Object.assign(dialog, {
      showMessageBox: async (...words: unknown[]) => {
        note(words);
        return { response: button, checkboxChecked: false };
      },
      showOpenDialog: async (...words: unknown[]) => {
        note(words);
        return { canceled: file === '', filePaths: file === '' ? [] : [file] };
      },
      showSaveDialog: async (...words: unknown[]) => {
        note(words);
        return { canceled: file === '', filePath: file };
      },
    });
  }, answers);
}

/** Options of the dialogs opened since `answerDialogs`, in order. */
export async function askedDialogs(app: ElectronApplication): Promise<Record<string, unknown>[]> {
  return app.evaluate(() => (globalThis as unknown as { asked: Record<string, unknown>[] }).asked);
}

export interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** Starts the desktop once more with the same profile and display, and waits for its end. */
export async function startAgain(
  app: ElectronApplication,
  args: readonly string[],
): Promise<Ended> {
  const started = await app.evaluate(({ app }) => ({
    program: process.execPath,
    words: process.argv.slice(1),
    display: process.env['DISPLAY'] ?? '',
    folder: app.getPath('userData'),
  }));
  // Without what the test's own driver added.
  const main = started.words.find((word) => word.endsWith('main.js')) ?? '';
  const child = spawn(
    started.program,
    [
      ...started.words.filter((word) => word === '--no-sandbox'),
      `--user-data-dir=${started.folder}`,
      main,
      ...args,
    ],
    {
      env: { ...process.env, DISPLAY: started.display },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 20_000,
      killSignal: 'SIGKILL',
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}
