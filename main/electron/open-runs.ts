import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import { MAX_PART_BYTES, type Imported } from '#engine/api/contract.ts';
import type { ToScreen } from '#engine/api/shell.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { RUN_FILE_ENDING } from './product.ts';
import type { RecentFiles } from './recent-files.ts';
import type { LabLink } from './service/lab-link.ts';

export interface RunOpener {
  /** Asks which files. */
  ask(): Promise<void>;
  /** Imports them one after the other and shows the last. @param files absolute */
  open(files: readonly string[]): Promise<void>;
}

/**
 * Opens `.labrun` files: into the lab's recorded runs, then on the screen.
 * @param elsewhere the service may not see this machine's files, so they are sent to it
 */
export function createRunOpener(
  window: BrowserWindow,
  link: LabLink,
  elsewhere: boolean,
  recent: RecentFiles,
  tell: (message: ToScreen) => void,
): RunOpener {
  async function openOne(file: string): Promise<string | null> {
    try {
      const { run, known } = elsewhere
        ? await sendFile(link, file)
        : await link.call('importFile', { path: file });
      recent.add(file);
      if (known) {
        const text = `${basename(file)} was recorded here already, as run ${run}.`;
        tell({ shell: 'notice', intent: 'info', text });
      }
      return run;
    } catch (error) {
      const { message, hint } = LabError.from(error);
      recent.remove(file);
      const text = `${basename(file)} was not imported: ${message}. Do: ${hint}.`;
      tell({ shell: 'notice', intent: 'error', text });
      return null;
    }
  }

  const opener: RunOpener = {
    async ask() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: 'Import recorded runs',
        buttonLabel: 'Import',
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: 'Recorded runs', extensions: [RUN_FILE_ENDING] },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      await opener.open(filePaths);
    },
    async open(files) {
      let last: string | null = null;
      for (const file of files) last = (await openOne(file)) ?? last;
      if (last !== null) tell({ shell: 'navigate', to: `/runs/${encodeURIComponent(last)}` });
    },
  };
  return opener;
}

async function sendFile(link: LabLink, path: string): Promise<Imported> {
  const { size } = await stat(path);
  const { upload } = await link.call('beginImport', { name: basename(path), bytes: size });
  try {
    const file = await open(path, 'r');
    try {
      const buffer = new Uint8Array(MAX_PART_BYTES);
      for (;;) {
        const { bytesRead } = await file.read(buffer, 0, buffer.length);
        if (bytesRead === 0) break;
        await link.call('importPart', { upload, body: buffer.subarray(0, bytesRead) });
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    await link.call('abortImport', { upload }).catch(() => {});
    throw error;
  }
  return link.call('endImport', { upload });
}
