import { app, type BrowserWindow } from 'electron';
import type { ToScreen } from '#engine/api/shell.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { showAbout } from './about.ts';
import { setMenu } from './menu.ts';
import type { RunOpener } from './open-runs.ts';
import type { RecentFiles } from './recent-files.ts';
import { savePdf } from './save-pdf.ts';
import { shownRun } from './security/app-address.ts';
import type { LabLink } from './service/lab-link.ts';

export interface MenuParts {
  readonly window: BrowserWindow;
  readonly link: LabLink;
  readonly recent: RecentFiles;
  readonly opener: RunOpener;
  readonly tell: (message: ToScreen) => void;
  /** Address of a service that isn't ours. */
  readonly elsewhere: string | null;
  readonly devTools: boolean;
}

/** Gives the window its menu, and keeps it true to what goes on. */
export function setupMenu(parts: MenuParts): void {
  const { window, link, recent, opener, tell, elsewhere, devTools } = parts;
  const runShown = (): string | null => shownRun(window.webContents.getURL());

  const actions = {
    newRun: () => tell({ shell: 'command', command: 'new-run' }),
    importRuns: () => void opener.ask(),
    openRecent: (file: string) => void opener.open([file]),
    clearRecent: () => recent.clear(),
    savePdf() {
      const run = runShown();
      if (run !== null) void savePdf(window, link, run, tell);
    },
    quit: () => app.quit(),
    navigate: (to: string) => tell({ shell: 'navigate', to }),
    stop: () => void stopRuns(link, tell),
    refresh: () => tell({ shell: 'command', command: 'refresh' }),
    about: () => void showAbout(window, link, elsewhere),
  } as const;

  let shown = '';
  const update = (): void => {
    if (window.isDestroyed()) return;
    const state = {
      recent: recent.list,
      running: link.activities.length > 0,
      showsRun: runShown() !== null,
      devTools,
    };
    // Activities come several times a second; a menu made anew would close under the mouse.
    const next = JSON.stringify(state);
    if (next === shown) return;
    shown = next;
    setMenu(actions, state);
  };
  recent.onChanged(update);
  link.listen({ activity: update });
  window.webContents.on('did-navigate-in-page', update);
  window.webContents.on('did-navigate', update);
  update();
}

/** From here, not by way of the page: a Stop must stop, whatever the page is busy with. */
async function stopRuns(link: LabLink, tell: MenuParts['tell']): Promise<void> {
  for (const { run, stopping } of link.activities) {
    if (stopping) continue;
    try {
      await link.call('stopRun', { run });
    } catch (error) {
      // It may have ended meanwhile.
      if (!link.activities.some((activity) => activity.run === run)) continue;
      const { message, hint } = LabError.from(error);
      tell({ shell: 'notice', intent: 'error', text: `Not stopped: ${message}. Do: ${hint}.` });
    }
  }
}
