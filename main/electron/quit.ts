import { app, dialog, type BrowserWindow } from 'electron';
import type { Activity } from '#engine/api/views.ts';
import type { LabLink } from './service/lab-link.ts';

/** Releasing a run's sockets takes far less; a service that hangs must not keep the app open. */
const STOP_MS = 15_000;

/**
 * Closing the window ends the app: after a question where a run of our own service goes on, its
 * release, and the service's end.
 * @param elsewhere the service and its runs are not ours to end
 */
export function setupQuit(window: BrowserWindow, link: LabLink, elsewhere: boolean): void {
  let state: 'open' | 'leaving' | 'left' = 'open';

  async function leave(ask: boolean): Promise<void> {
    if (state !== 'open') return;
    state = 'leaving';
    const runs = elsewhere ? [] : link.activities;
    if (runs.length > 0 && ask && !(await askToStop(window, runs))) {
      state = 'open';
      return;
    }
    // By now others may go on, and these may have ended.
    if (!elsewhere) await stopAll(link);
    if (!window.isDestroyed()) window.hide();
    await link.end();
    state = 'left';
    app.quit();
  }

  window.on('close', (event) => {
    if (state === 'left') return;
    event.preventDefault();
    void leave(true);
  });
  app.on('before-quit', (event) => {
    if (state === 'left') return;
    event.preventDefault();
    void leave(true);
  });
  app.on('window-all-closed', () => app.quit());
  // Whoever sends these waits for no answer.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void leave(false));
  }
}

async function askToStop(window: BrowserWindow, runs: readonly Activity[]): Promise<boolean> {
  const held = runs.reduce((sum, run) => sum + run.held, 0);
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Quit',
    message: 'A run is going on. Stop it and quit?',
    detail: [
      ...runs.map(({ title }) => title),
      `It holds ${held.toLocaleString('en-US')} ports; they are released first. What was recorded is kept.`,
    ].join('\n'),
    buttons: ['Stop it and quit', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/** Answers when everything is released, or after STOP_MS. */
async function stopAll(link: LabLink): Promise<void> {
  const stops = link.activities.map(({ run }) => link.call('stopRun', { run }));
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, STOP_MS);
  });
  await Promise.race([Promise.allSettled(stops), bound]);
  clearTimeout(timer);
}
