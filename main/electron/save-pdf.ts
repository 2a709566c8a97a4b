import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { app, BrowserWindow, dialog, session } from 'electron';
import { z } from 'zod';
import type { ToScreen } from '#engine/api/shell.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { reportHeaders } from '#main/page/headers.ts';
import { APP_ORIGIN, APP_SCHEME } from './security/app-address.ts';
import { lockDownSession } from './security/lock-down.ts';
import type { LabLink } from './service/lab-link.ts';

const REPORT_ADDRESS = `${APP_ORIGIN}/report/print.html`;
/** A report that takes longer than this to draw has gone wrong. */
const DRAW_MS = 60_000;

/** Asks where, and prints a run's report there. Says how it went. */
export async function savePdf(
  window: BrowserWindow,
  link: LabLink,
  run: string,
  tell: (message: ToScreen) => void,
): Promise<void> {
  try {
    const report = await link.call('report', { run, format: 'html' });
    const name = `${basename(report.fileName, extname(report.fileName))}.pdf`;
    const { filePath, canceled } = await dialog.showSaveDialog(window, {
      defaultPath: join(app.getPath('documents'), name),
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
    });
    if (canceled || filePath === '') return;
    await writeFile(filePath, await printReport(report.body));
    tell({ shell: 'notice', intent: 'info', text: `Saved: ${filePath}` });
  } catch (error) {
    const { message, hint } = LabError.from(systemError(error) ?? error);
    tell({ shell: 'notice', intent: 'error', text: `No PDF was saved: ${message}. Do: ${hint}.` });
  }
}

/** Draws it in a hidden window that can run nothing and reach nothing, not even the page's session. */
async function printReport(html: Uint8Array): Promise<Uint8Array> {
  const own = session.fromPartition(`report-${randomUUID()}`, { cache: false });
  own.protocol.handle(
    APP_SCHEME,
    () => new Response(Uint8Array.from(html), { headers: reportHeaders() }),
  );
  lockDownSession(
    own,
    (address) => address === REPORT_ADDRESS || address.startsWith('data:image/'),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      spellcheck: false,
      devTools: false,
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new LabError(
            'failed',
            'drawing the report took too long',
            'save it as HTML, and print that',
          ),
        ),
      DRAW_MS,
    );
  });
  try {
    await Promise.race([window.loadURL(REPORT_ADDRESS), tooLong]);
    return await Promise.race([
      window.webContents.printToPDF({
        printBackground: true,
        preferCSSPageSize: true,
        generateTaggedPDF: true,
        pageSize: 'A4',
      }),
      tooLong,
    ]);
  } finally {
    clearTimeout(timer);
    window.destroy();
  }
}

const systemErrorSchema = z.object({ code: z.string(), path: z.string(), syscall: z.string() });

/** A disk that is full, a folder that is not ours: for whoever chose it. */
function systemError(error: unknown): LabError | null {
  const parsed = systemErrorSchema.safeParse(error);
  if (!parsed.success) return null;
  const { syscall, code, path } = parsed.data;
  return new LabError('failed', `${syscall}: ${code} on ${path}`, 'choose another folder');
}
