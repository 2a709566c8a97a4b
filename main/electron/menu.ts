import { basename } from 'node:path';
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { RecentList } from './recent-list.ts';

/** What the menu's items do. */
export interface MenuActions {
  newRun(): void;
  importRuns(): void;
  openRecent(file: string): void;
  clearRecent(): void;
  savePdf(): void;
  quit(): void;
  navigate(to: string): void;
  stop(): void;
  refresh(): void;
  about(): void;
}

/** What it depends on. */
export interface MenuState {
  readonly recent: RecentList;
  /** A run goes on. */
  readonly running: boolean;
  /** The page shows a recorded run. */
  readonly showsRun: boolean;
  readonly devTools: boolean;
}

/** The window's menu, made anew whenever something it depends on changes. */
export function setMenu(actions: MenuActions, state: MenuState): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: '&File', submenu: fileItems(actions, state) },
      {
        label: '&Run',
        submenu: [
          {
            id: 'stop',
            label: '&Stop',
            accelerator: 'Shift+Esc',
            enabled: state.running,
            click: actions.stop,
          },
        ],
      },
      { label: '&View', submenu: viewItems(actions, state) },
      {
        label: '&Help',
        submenu: [{ id: 'about', label: '&About Port Scalability Lab', click: actions.about }],
      },
    ]),
  );
}

function fileItems(actions: MenuActions, state: MenuState): MenuItemConstructorOptions[] {
  return [
    { id: 'new-run', label: '&New run', accelerator: 'Ctrl+N', click: actions.newRun },
    {
      id: 'import',
      label: '&Import recorded runs…',
      accelerator: 'Ctrl+O',
      click: actions.importRuns,
    },
    {
      id: 'recent',
      label: 'Open &recent',
      enabled: state.recent.length > 0,
      submenu: [
        ...state.recent.map((file, at) => ({
          // `&` marks a letter to press, unless doubled.
          label: `${at + 1} ${basename(file).replaceAll('&', '&&')}`,
          toolTip: file,
          click: () => actions.openRecent(file),
        })),
        { type: 'separator' },
        { label: '&Clear this list', click: actions.clearRecent },
      ],
    },
    { type: 'separator' },
    {
      id: 'save-pdf',
      label: 'Save report as &PDF…',
      accelerator: 'Ctrl+P',
      enabled: state.showsRun,
      click: actions.savePdf,
    },
    { type: 'separator' },
    { id: 'exit', label: 'E&xit', accelerator: 'Alt+F4', click: actions.quit },
  ];
}

function viewItems(actions: MenuActions, state: MenuState): MenuItemConstructorOptions[] {
  const place = (label: string, to: string, accelerator: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => actions.navigate(to),
  });
  return [
    place('&Host', '/host', 'Ctrl+1'),
    place('&Experiments', '/experiments', 'Ctrl+2'),
    place('&Runs', '/runs', 'Ctrl+3'),
    { type: 'separator' },
    { id: 'refresh', label: 'Re&fresh', accelerator: 'F5', click: actions.refresh },
    { type: 'separator' },
    { role: 'zoomIn', label: 'Zoom &in', accelerator: 'Ctrl+Plus' },
    // The same key without Shift, which is where most keyboards have the plus.
    { role: 'zoomIn', accelerator: 'Ctrl+=', visible: false },
    { role: 'zoomOut', label: 'Zoom &out', accelerator: 'Ctrl+-' },
    { role: 'resetZoom', label: 'Actual si&ze', accelerator: 'Ctrl+0' },
    { type: 'separator' },
    { role: 'togglefullscreen', label: 'F&ull screen', accelerator: 'F11' },
    ...(state.devTools ? [{ role: 'toggleDevTools' as const }] : []),
  ];
}
