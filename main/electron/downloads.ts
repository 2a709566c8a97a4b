import { extname, join } from 'node:path';
import { app, type Session } from 'electron';
import type { ToScreen } from '#engine/api/shell.ts';
import { APP_ORIGIN } from './security/app-address.ts';

/** Names of the file types the page saves, as the system's dialog lists them. */
const TYPES: Readonly<Record<string, string>> = {
  labrun: 'Recorded run',
  html: 'Web page',
  json: 'JSON',
  csv: 'Comma-separated values',
  svg: 'Drawing',
  png: 'Picture',
};

/** What the page saves, it makes itself and saves as a download: the admin says where. */
export function setupDownloads(session: Session, tell: (message: ToScreen) => void): void {
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${APP_ORIGIN}/`)) {
      event.preventDefault();
      return;
    }
    const name = item.getFilename();
    const ending = extname(name).slice(1).toLowerCase();
    item.setSaveDialogOptions({
      defaultPath: join(app.getPath('documents'), name),
      filters: [
        ...(ending === '' ? [] : [{ name: TYPES[ending] ?? ending, extensions: [ending] }]),
        { name: 'All files', extensions: ['*'] },
      ],
    });
    item.once('done', (_event, state) => {
      if (state === 'completed') {
        tell({ shell: 'notice', intent: 'info', text: `Saved: ${item.getSavePath()}` });
      } else if (state === 'interrupted') {
        const text = `Not saved: ${item.getSavePath()}: writing it was interrupted. Try another folder.`;
        tell({ shell: 'notice', intent: 'error', text });
      }
    });
  });
}
