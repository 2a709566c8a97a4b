import {
  ipcMain,
  MessageChannelMain,
  type BrowserWindow,
  type MessagePortMain,
  type WebFrameMain,
} from 'electron';
import { MAX_FRAME_BYTES } from '#engine/api/frame.ts';
import { fromScreenSchema, type FromScreen, type ToScreen } from '#engine/api/shell.ts';
import type { Wire } from '#engine/api/wire.ts';
import { APP_ORIGIN } from '../security/app-address.ts';
import type { LabLink } from './lab-link.ts';

export interface ScreenPort {
  /** Tells the page; before it has a port, as soon as it has. */
  tell(message: ToScreen): void;
  /** A new life for a service that is down, else a new port for the page. */
  restart(): void;
}

/** Said to the page before a port was there: no more than a page could want. */
const MOST_WAITING = 20;

/**
 * Hands the page a port and pumps frames between it and the service. Bytes on the port are frames,
 * plain objects are said between the page and main; everything else is dropped. The page gets a new
 * port when it is loaded anew and when the service begins a new life.
 * @param asked what the page asks of main, checked
 */
export function setupScreenPort(
  window: BrowserWindow,
  link: LabLink,
  asked: (message: FromScreen) => void,
): ScreenPort {
  let current: { port: MessagePortMain; wire: Wire | null } | null = null;
  const waiting: ToScreen[] = [];

  const tell = (message: ToScreen): void => {
    if (current !== null) current.port.postMessage(message);
    else if (waiting.length < MOST_WAITING) waiting.push(message);
  };

  function handOver(frame: WebFrameMain): void {
    current?.wire?.close();
    current?.port.close();
    const { port1: port, port2 } = new MessageChannelMain();
    const wire = link.openWindowWire();
    current = { port, wire };
    port.on('message', ({ data }: { data: unknown }) => {
      const bytes = bytesOf(data);
      if (bytes === null) {
        const message = fromScreenSchema.safeParse(data);
        if (message.success) asked(message.data);
      } else if (bytes.length <= MAX_FRAME_BYTES) {
        wire?.send(bytes);
      }
    });
    port.on('close', () => wire?.close());
    // A frame is the whole of its buffer: cloning it copies nothing else.
    wire?.onFrame((bytes) => port.postMessage(bytes));
    wire?.onClose((reason) => {
      // With the service gone, that is said instead.
      setImmediate(() => {
        if (current?.wire === wire && link.downReason === null) {
          tell({ shell: 'service', state: 'down', reason });
        }
      });
    });
    port.start();
    frame.postMessage('portlab-port', null, [port2]);
    if (link.downReason !== null) {
      tell({ shell: 'service', state: 'down', reason: link.downReason });
    }
    for (const message of waiting.splice(0)) tell(message);
  }

  function handOverAnew(): void {
    if (current === null || window.isDestroyed()) return;
    tell({ shell: 'service', state: 'up', reason: '' });
    const frame = window.webContents.mainFrame;
    if (isThePage(frame, window)) handOver(frame);
  }

  ipcMain.on('portlab-ready', (event) => {
    const frame = event.senderFrame;
    if (frame !== null && isThePage(frame, window)) handOver(frame);
  });
  link.listen({
    down: (reason) => tell({ shell: 'service', state: 'down', reason }),
    up: handOverAnew,
  });
  return {
    tell,
    restart() {
      if (link.downReason !== null) link.start();
      else handOverAnew();
    },
  };
}

/** The window's own main frame, showing our page: no frame in it, no other window, no other address. */
function isThePage(frame: WebFrameMain, window: BrowserWindow): boolean {
  return (
    !window.isDestroyed() &&
    frame === window.webContents.mainFrame &&
    frame.parent === null &&
    frame.origin === APP_ORIGIN
  );
}

function bytesOf(data: unknown): Uint8Array | null {
  if (data instanceof Uint8Array) return data;
  return data instanceof ArrayBuffer ? new Uint8Array(data) : null;
}
