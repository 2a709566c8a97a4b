import { ipcRenderer } from 'electron';

/** Of the page's globals, what is used here; the room's types have no DOM. */
declare const window: {
  addEventListener(name: 'DOMContentLoaded', handler: () => void, options: { once: true }): void;
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};
declare const location: { readonly origin: string };

/**
 * All the page gets from Electron: one port, handed on as it comes. By DOMContentLoaded the page's
 * module has run, and listens.
 */
ipcRenderer.on('portlab-port', (event) => {
  window.postMessage({ portlab: 'port' }, location.origin, event.ports);
});
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('portlab-ready'), {
  once: true,
});
