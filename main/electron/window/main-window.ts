import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { PRODUCT } from '../product.ts';
import { leastSize, placeWindow, windowStateSchema, type WindowState } from './window-state.ts';

/** Shown until the page draws; the page's own background in either theme. */
const BACKGROUND = { light: '#F7F7F7', dark: '#1C1C1C' };
/** A window being moved is remembered this long after its last step, ms. */
const REMEMBER_AFTER_MS = 500;

export interface WindowOptions {
  readonly preload: string;
  /** The page to show. */
  readonly address: string;
  readonly devTools: boolean;
}

/** Opens the window where it was, and remembers where it goes. */
export function openMainWindow(options: WindowOptions): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json');
  const place = placeWindow(readJsonFile(stateFile, windowStateSchema), workAreas());
  const least = leastSize(screen.getDisplayMatching(place).workArea);
  const window = new BrowserWindow({
    x: place.x,
    y: place.y,
    width: place.width,
    height: place.height,
    minWidth: least.width,
    minHeight: least.height,
    title: PRODUCT,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: options.devTools,
    },
  });
  window.once('ready-to-show', () => {
    if (place.maximized) window.maximize();
    window.show();
  });
  window.on('moved', () => fitToDisplay(window));
  rememberPlace(window, stateFile);
  void window.loadURL(options.address);
  return window;
}

/** Brings it to the front. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** On another display other sizes may be the smallest. */
function fitToDisplay(window: BrowserWindow): void {
  const least = leastSize(screen.getDisplayMatching(window.getBounds()).workArea);
  window.setMinimumSize(least.width, least.height);
}

function rememberPlace(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const remember = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    const state: WindowState = {
      ...window.getNormalBounds(),
      maximized: window.isMaximized(),
    };
    writeJsonFile(file, state);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(remember, REMEMBER_AFTER_MS);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', remember);
}

function workAreas(): [Rectangle, ...Rectangle[]] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary.workArea, ...others.map((display) => display.workArea)];
}
