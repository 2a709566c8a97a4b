import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Wire } from '#engine/api/wire.ts';
import { startWebServer } from '#main/web/web-server.ts';
import { ChannelMux, type WireRole } from '#main/wire/channel-mux.ts';
import { socketWire } from '#main/wire/socket-wire.ts';

/** A real lab service, and as many wires to it as wanted. */
export interface Connected {
  /** A new wire, open. */
  open(role?: WireRole): Promise<Wire>;
  /** What `hello` must show to be allowed to change anything. */
  readonly token: string | undefined;
  readonly database: string;
  /** Whether the service still answers for itself: a child that runs, a server that listens. */
  alive(): boolean;
  close(): Promise<void>;
}

export interface Connection {
  readonly name: string;
  connect(): Promise<Connected>;
}

/** `portlab serve`'s server in this process, spoken to over real WebSockets. */
const webSocket: Connection = {
  name: 'WebSocket',
  async connect() {
    const { folder, database } = place();
    const server = await startWebServer({ database, port: 0, screens: folder });
    let listening = true;
    return {
      database,
      token: server.token,
      async open() {
        const socket = new WebSocket(server.ws, { origin: new URL(server.url).origin });
        const wire = socketWire(socket);
        await new Promise((resolve, reject) => {
          socket.once('open', resolve);
          socket.once('error', reject);
        });
        return wire;
      },
      alive: () => listening,
      async close() {
        listening = false;
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

/** The desktop's own service: a real child process behind its IPC channel. */
const childChannel: Connection = {
  name: 'child channel',
  async connect() {
    const { folder, database } = place();
    const script = join(import.meta.dirname, '../../main/service/child/lab-service-child.ts');
    const child = fork(script, ['--db', database], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const mux = new ChannelMux({
      send(message) {
        if (child.connected) child.send(message as object, () => {});
      },
      onMessage: (handler) => child.on('message', handler),
      onClose: (handler) => child.once('disconnect', () => handler('the service ended')),
    });
    return {
      database,
      token: undefined,
      open: async (role = 'window') => mux.open(role),
      alive: () => child.exitCode === null && child.signalCode === null,
      async close() {
        if (child.connected) child.disconnect();
        await ended;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

export const CONNECTIONS: readonly Connection[] = [webSocket, childChannel];

function place(): { folder: string; database: string } {
  const folder = mkdtempSync(join(tmpdir(), 'portlab-wire-'));
  return { folder, database: join(folder, 'lab.labdb') };
}
