/**
 * The desktop's main process: a window, and the lab service it shows. Thin on purpose; what the lab
 * can do is in the service, what one sees is in the page.
 */
import { join } from 'node:path';
import { app, session } from 'electron';
import type { ToScreen } from '#engine/api/shell.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { setupActivitySigns } from './activity-signs.ts';
import { setupDownloads } from './downloads.ts';
import { readLaunch, type Launch } from './launch.ts';
import { createRunOpener } from './open-runs.ts';
import { findPlaces } from './places.ts';
import { APP_USER_MODEL_ID } from './product.ts';
import { setupQuit } from './quit.ts';
import { RecentFiles } from './recent-files.ts';
import { savePdf } from './save-pdf.ts';
import { APP_ORIGIN } from './security/app-address.ts';
import { registerAppScheme, serveAppScheme } from './security/app-scheme.ts';
import { lockDownApp, lockDownSession, mayPageLoad } from './security/lock-down.ts';
import { startLabService } from './service/child-connection.ts';
import { LabLink } from './service/lab-link.ts';
import { setupScreenPort } from './service/screen-port.ts';
import { reachLabService } from './service/socket-connection.ts';
import { setupMenu } from './setup-menu.ts';
import { becomeOnlyInstance, onSecondInstance } from './single-instance.ts';
import { setupContextMenu } from './window/context-menu.ts';
import { openMainWindow, showWindow } from './window/main-window.ts';
import { setupPageFailures } from './window/page-failures.ts';

// A terminal that went away is no reason to end.
process.stderr.on('error', () => {});

const launch = launchOrSayWhy();
if (launch !== null) {
  app.setAppUserModelId(APP_USER_MODEL_ID);
  lockDownApp();
  registerAppScheme();
  if (launch.service !== null) keepApart(launch.service.host);
  if (becomeOnlyInstance(launch.runFiles)) void app.whenReady().then(() => openDesktop(launch));
  else app.quit();
}

function openDesktop({ service, database, runFiles }: Launch): void {
  const places = findPlaces();
  const elsewhere = service?.host ?? null;
  const devTools = !app.isPackaged || process.env['PORTLAB_DEVTOOLS'] === '1';
  const say = (message: ToScreen): void => port.tell(message);

  const link = new LabLink(
    service === null
      ? () =>
          startLabService({
            node: places.node,
            script: places.service,
            arguments: database === null ? [] : ['--db', database],
          })
      : () => reachLabService(service.host),
    service?.token ?? '',
  );
  link.start();

  lockDownSession(session.defaultSession, (address) => mayPageLoad(address, devTools));
  serveAppScheme(session.defaultSession, places.renderer, (run) =>
    link.call('report', { run, format: 'html' }),
  );
  const window = openMainWindow({
    preload: places.preload,
    address: `${APP_ORIGIN}/index.html${service === null ? '' : `#${service.token}`}`,
    devTools,
  });
  const port = setupScreenPort(window, link, (asked) => {
    if (asked.shell === 'restart-service') port.restart();
    else void savePdf(window, link, asked.run, say);
  });
  const recent = new RecentFiles();
  const opener = createRunOpener(window, link, service !== null, recent, say);

  setupMenu({ window, link, recent, opener, tell: say, elsewhere, devTools });
  setupContextMenu(window);
  setupPageFailures(window);
  setupDownloads(session.defaultSession, say);
  setupActivitySigns(window, link, (to) => say({ shell: 'navigate', to }));
  setupQuit(window, link, service !== null);
  onSecondInstance((files) => {
    showWindow(window);
    void opener.open(files);
  });
  void opener.open(runFiles);
}

/** A window on a service elsewhere beside one on our own: each has its place and is the only one. */
function keepApart(host: string): void {
  const folder = host.replaceAll(/[^\w.-]/g, '_');
  app.setPath('userData', join(app.getPath('userData'), 'connections', folder));
}

function launchOrSayWhy(): Launch | null {
  try {
    return readLaunch(process.argv.slice(1), process.cwd());
  } catch (error) {
    const { message, hint } = LabError.from(error);
    process.stderr.write(`${message}\nDo: ${hint}\n`);
    app.exit(2);
    return null;
  }
}
