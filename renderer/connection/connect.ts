import type { FromScreen, ToScreen } from '#engine/api/shell.ts';
import type { Wire } from '#engine/api/wire.ts';
import { backOffMs } from './back-off.ts';
import { takeToken } from './token.ts';
import { portWire, type PortWire } from './wire-port.ts';
import { socketWire } from './wire-socket.ts';

export interface LinkEvents {
  /** A new connection; the one before is over. */
  wire(wire: Wire, token: string | undefined): void;
  /** There is none, or no longer. @param retryMs when the next attempt follows by itself; null if none does */
  lost(reason: string, retryMs: number | null): void;
  shell(message: ToScreen): void;
}

/** Where wires come from: the desktop's preload script, or a WebSocket to the page's own server. */
export interface Link {
  readonly isDesktop: boolean;
  start(events: LinkEvents): void;
  /** The wire ended, or was refused: what follows is the link's. */
  wireEnded(reason: string): void;
  /** All is well: the next failure counts as the first. */
  settled(): void;
  reconnect(): void;
  send(message: FromScreen): void;
}

export function linkOfPage(): Link {
  return location.protocol === 'app:' ? desktopLink() : browserLink();
}

/** The preload script posts a port now, and another one after the service was restarted. */
function desktopLink(): Link {
  // Attached to a service elsewhere; read now, before the router takes the fragment.
  const token = takeToken();
  let port: MessagePort | null = null;
  let events: LinkEvents | null = null;

  function take(next: MessagePort): void {
    port?.close();
    port = next;
    const wire: PortWire = portWire(next);
    next.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data instanceof Uint8Array) wire.receive(data);
      else if (data instanceof ArrayBuffer) wire.receive(new Uint8Array(data));
      else if (isShellMessage(data)) {
        if (data.shell === 'service' && data.state === 'down') wire.end(data.reason);
        events?.shell(data);
      }
    });
    next.addEventListener('close', () => wire.end(''));
    events?.wire(wire, token);
    next.start();
  }

  return {
    isDesktop: true,
    start(listeners) {
      events = listeners;
      window.addEventListener('message', ({ source, data, ports }: MessageEvent<unknown>) => {
        if (source !== window || !isPortNotice(data)) return;
        const [handed] = ports;
        if (handed !== undefined) take(handed);
      });
    },
    wireEnded: (reason) => events?.lost(reason, null),
    settled: () => {},
    reconnect: () => port?.postMessage({ shell: 'restart-service' } satisfies FromScreen),
    send: (message) => port?.postMessage(message),
  };
}

function isPortNotice(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'portlab' in data && data.portlab === 'port';
}

function isShellMessage(data: unknown): data is ToScreen {
  return (
    typeof data === 'object' && data !== null && 'shell' in data && typeof data.shell === 'string'
  );
}

/** Tries again by itself, ever less often; never while nobody looks. */
function browserLink(): Link {
  const token = takeToken();
  let events: LinkEvents | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let connecting: WebSocket | null = null;

  function open(): void {
    clearTimeout(timer);
    timer = undefined;
    if (connecting !== null) return;
    const socket = new WebSocket(`ws://${location.host}/ws`);
    socket.binaryType = 'arraybuffer';
    connecting = socket;
    socket.addEventListener('open', () => {
      connecting = null;
      events?.wire(socketWire(socket), token);
    });
    socket.addEventListener('close', () => {
      if (connecting !== socket) return;
      connecting = null;
      failed('it does not answer at this address');
    });
  }

  function failed(reason: string): void {
    const wait = backOffMs(failures++);
    events?.lost(reason, wait);
    timer = setTimeout(() => {
      timer = undefined;
      if (!document.hidden) open();
    }, wait);
  }

  return {
    isDesktop: false,
    start(listeners) {
      events = listeners;
      document.addEventListener('visibilitychange', () => {
        // Waiting for somebody to look: a timer that ran out while hidden.
        if (!document.hidden && waitsForEyes()) open();
      });
      open();
    },
    wireEnded: (reason) => {
      if (timer === undefined && connecting === null) failed(reason);
    },
    settled: () => {
      failures = 0;
    },
    reconnect: () => {
      failures = 0;
      open();
    },
    send: () => {},
  };

  function waitsForEyes(): boolean {
    return failures > 0 && timer === undefined && connecting === null;
  }
}
