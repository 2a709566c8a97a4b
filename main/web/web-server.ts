import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { WebSocketServer } from 'ws';
import { MAX_PART_BYTES } from '#engine/api/contract.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { mimeOf, resolveInside, withNonce } from '../page/files.ts';
import { assetHeaders, newNonce, pageHeaders, reportHeaders } from '../page/headers.ts';
import { LabApi } from '../service/api/lab-api.ts';
import { socketWire } from '../wire/socket-wire.ts';

export interface WebServer {
  /** With the token; opens the screens. */
  readonly url: string;
  /** Where the contract is spoken. */
  readonly ws: string;
  readonly token: string;
  /** Stops what goes on, waits for its release, and closes. */
  close(): Promise<void>;
}

export interface WebServerOptions {
  readonly database: string;
  /** 0: any free one. */
  readonly port: number;
  /** Folder of the built screens. */
  readonly screens: string;
}

/** The only interface served: the lab is for who sits at this machine, or tunnels to it. */
const LOOPBACK = '127.0.0.1';

/** A message from a screen is a call with at most one part of a file. */
const MOST_MESSAGE_BYTES = MAX_PART_BYTES + 64 * 1024;

/**
 * The lab service with its screens, for browsers on this machine. Other web pages can't reach it: the
 * Host must be this server's own name, a WebSocket's Origin too, and nothing is shared across origins.
 * Without the token, which only the printed address has, a page may look and change nothing.
 * @throws LabError failed where the port can't be had
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const token = randomBytes(32).toString('base64url');
  const api = new LabApi({ database: options.database, mode: 'web', token });
  const server = createServer((request, response) => {
    void answer(api, options.screens, server, request, response);
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== '/ws' || !isOwnHost(server, request) || !isOwnOrigin(server, request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      api.accept(socketWire(opened), 'browser');
    });
  });
  const port = await listen(server, options.port);
  return {
    url: `http://${LOOPBACK}:${port}/#${token}`,
    ws: `ws://${LOOPBACK}:${port}/ws`,
    token,
    async close() {
      server.close();
      await api.close();
      for (const socket of sockets.clients) socket.close(1001, 'the lab ends');
      server.closeAllConnections();
    },
  };
}

async function listen(server: Server, wanted: number): Promise<number> {
  server.listen(wanted, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new LabError(
      'failed',
      `listen: ${code} on ${LOOPBACK}:${wanted}`,
      'choose another port with --port, or leave it out for any free one',
    );
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : wanted;
}

function ownHosts(server: Server): string[] {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return [`${LOOPBACK}:${port}`, `localhost:${port}`];
}

function isOwnHost(server: Server, { headers }: IncomingMessage): boolean {
  return ownHosts(server).includes(headers.host ?? '');
}

/** A browser always names the page's origin; a program of this machine needn't, and could forge it. */
function isOwnOrigin(server: Server, { headers }: IncomingMessage): boolean {
  const { origin } = headers;
  return origin === undefined || ownHosts(server).some((host) => origin === `http://${host}`);
}

async function answer(
  api: LabApi,
  screens: string,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (!isOwnHost(server, request)) return refuse(response, 403, 'not this server’s name');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse(response, 405, 'only GET');
    }
    const [path = '/'] = (request.url ?? '/').split(/[?#]/);
    const report = /^\/report\/([\w.-]{1,100})\.html$/.exec(path)?.[1];
    if (report !== undefined) return await sendReport(api, report, response);
    return await sendFile(screens, path, response);
  } catch (error) {
    refuse(response, error instanceof LabError ? 404 : 500, LabError.from(error).message);
  }
}

async function sendReport(api: LabApi, run: string, response: ServerResponse): Promise<void> {
  const { body } = await api.library.do('report', run, 'html');
  response.writeHead(200, reportHeaders()).end(body);
}

async function sendFile(screens: string, path: string, response: ServerResponse): Promise<void> {
  const file = resolveInside(screens, path);
  const content = file === null ? null : await readFile(file).catch(() => null);
  if (file === null || content === null) return refuse(response, 404, 'not found');
  if (extname(file) !== '.html') {
    response.writeHead(200, { ...assetHeaders(), 'Content-Type': mimeOf(file) }).end(content);
    return;
  }
  const nonce = newNonce();
  response
    .writeHead(200, { ...pageHeaders(nonce), 'Content-Type': mimeOf(file) })
    .end(withNonce(content.toString('utf8'), nonce));
}

function refuse(response: ServerResponse, status: number, words: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response
    .writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'",
    })
    .end(`${words}\n`);
}
