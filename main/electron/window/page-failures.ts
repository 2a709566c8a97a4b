import { dialog, type BrowserWindow } from 'electron';

/** Chromium's code for a load that was broken off on purpose, as a refused navigation is. */
const ABORTED = -3;

/** The page may crash or hang; runs go on in the service, and the window can be had back. */
export function setupPageFailures(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    void offerReload(window, `The window’s page ended: ${reason}.`);
  });
  window.webContents.on(
    'did-fail-load',
    (_event, code, description, _address, isMainFrame): void => {
      if (isMainFrame && code !== ABORTED)
        void offerReload(window, `The page could not be loaded: ${description}.`);
    },
  );
}

async function offerReload(window: BrowserWindow, message: string): Promise<void> {
  if (window.isDestroyed()) return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message,
    detail: 'A run that goes on is not affected; its recording goes on too.',
    buttons: ['Load it again', 'Close the window'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else window.close();
}
