import { dirname } from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import type { Hello } from '#engine/api/views.ts';
import { PRODUCT } from './product.ts';
import type { LabLink } from './service/lab-link.ts';

/** Versions, where data lies, the licence. @param elsewhere address of the service; null: our own */
export async function showAbout(
  window: BrowserWindow,
  link: LabLink,
  elsewhere: string | null,
): Promise<void> {
  const hello = await link.hello().catch(() => null);
  const detail = [
    `Version ${app.getVersion()}${serviceWords(hello, elsewhere)}`,
    `Electron ${process.versions.electron} · Chromium ${process.versions.chrome}`,
    '',
    `Recorded runs: ${hello === null ? 'unknown while the lab service is down' : hello.database}`,
    `Window and recent files: ${app.getPath('userData')}`,
    '',
    'MIT License. Those of the libraries are in the program’s folder.',
  ].join('\n');
  const canShow = hello !== null && elsewhere === null;
  const { response } = await dialog.showMessageBox(window, {
    type: 'info',
    title: `About ${PRODUCT}`,
    message: PRODUCT,
    detail,
    buttons: canShow ? ['Close', 'Open data folder'] : ['Close'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1 && canShow) await shell.openPath(dirname(hello.database));
}

function serviceWords(hello: Hello | null, elsewhere: string | null): string {
  if (hello === null) return '';
  const where = elsewhere === null ? '' : ` on ${hello.host.name} (${elsewhere})`;
  return ` · lab service ${hello.labVersion}${where}`;
}
