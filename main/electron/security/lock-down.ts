import { app, type Session, type WebContents } from 'electron';
import { mayLoad, mayNavigate } from './app-address.ts';

/**
 * Before the app is ready: what every page of every window is denied, whoever opens it.
 * Electron's security checklist, beside what the window's own preferences say.
 */
export function lockDownApp(): void {
  // Windows ask for it themselves. Where somebody runs without Chromium's own sandbox (as root, on
  // Linux, one must), forcing it here would leave no process able to start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Servers have no GPU, and over RDP a borrowed one draws wrong.
  app.disableHardwareAcceleration();
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
}

function lockDownContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url, true)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event.url, event.isMainFrame)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
}

/**
 * Denies a session every permission and everything that isn't ours.
 * @param loads whether an address may be loaded
 */
export function lockDownSession(session: Session, loads: (address: string) => boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !loads(details.url) });
  });
}

/** For the windows' session; the developer tools, where they are allowed, load parts of their own. */
export function mayPageLoad(address: string, devTools: boolean): boolean {
  return mayLoad(address) || (devTools && address.startsWith('devtools:'));
}
