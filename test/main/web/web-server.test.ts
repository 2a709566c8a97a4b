import { request } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { API_VERSION } from '#engine/api/contract.ts';
import { startWebServer, type WebServer } from '#main/web/web-server.ts';
import { openScreen } from '#test/wire/screen.ts';
import { socketWire } from '#main/wire/socket-wire.ts';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

describe('the web server', () => {
  let folder: string;
  let server: WebServer;
  let port: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portlab-web-'));
    writeFileSync(join(folder, 'index.html'), '<link nonce="PORTLAB-NONCE"><title>x</title>');
    writeFileSync(join(folder, 'main-abc.js'), 'export {};');
    writeFileSync(join(tmpdir(), 'portlab-secret.txt'), 'secret');
    server = await startWebServer({
      database: join(folder, 'lab.labdb'),
      port: 0,
      screens: folder,
    });
    port = Number(new URL(server.url).port);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(tmpdir(), 'portlab-secret.txt'), { force: true });
  });

  /** Sends exactly this path and these headers, as `fetch` would not. */
  function get(
    path: string,
    headers: Record<string, string> = {},
    method = 'GET',
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      asked.on('error', reject).end();
    });
  }

  function openSocket(headers: Record<string, string>): Promise<'open' | number> {
    return new Promise((resolve) => {
      const socket = new WebSocket(server.ws, { headers });
      socket.on('open', () => {
        socket.close();
        resolve('open');
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => {});
    });
  }

  test('gives the page with a nonce of its own for each response', async () => {
    const [one, two] = [await get('/'), await get('/index.html')];
    expect(one.status).toBe(200);
    const nonce = /nonce="([\w-]{20,})"/.exec(one.body)?.[1];
    expect(nonce).toBeDefined();
    expect(one.headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
    expect(one.headers['content-security-policy']).not.toMatch(/unsafe-(?:inline|eval)/);
    expect(two.body).not.toContain(nonce);
    expect((await get('/main-abc.js')).headers['content-type']).toContain('text/javascript');
  });

  test('shares nothing with other origins', async () => {
    const { headers } = await get('/', { Origin: 'http://evil.example' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('answers to its own name only, so that no other name can be pointed at it', async () => {
    expect((await get('/', { Host: `localhost:${port}` })).status).toBe(200);
    for (const Host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port}.`,
    ]) {
      expect((await get('/', { Host })).status, Host).toBe(403);
      expect(await openSocket({ Host }), Host).toBe(403);
    }
  });

  test('lets no other page open a WebSocket', async () => {
    expect(await openSocket({ Origin: `http://127.0.0.1:${port}` })).toBe('open');
    for (const Origin of [
      'http://evil.example',
      'null',
      `https://127.0.0.1:${port}`,
      'app://lab',
    ]) {
      expect(await openSocket({ Origin }), Origin).toBe(403);
    }
  });

  test('gives no file from outside the screens, and takes only GET', async () => {
    for (const path of [
      '/../portlab-secret.txt',
      '/..%2fportlab-secret.txt',
      '/%2e%2e/portlab-secret.txt',
      '/..\\portlab-secret.txt',
      '//etc/passwd',
      '/%00',
      '/%zz',
      '/nothing.js',
      '/lab.labdb-wal/../../portlab-secret.txt',
    ]) {
      const { status, body } = await get(path);
      expect(status, path).toBe(404);
      expect(body).not.toContain('secret');
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await get('/', {}, method)).status, method).toBe(405);
    }
    expect((await get('/report/no-such-run.html')).status).toBe(404);
  });

  test('lets a page without the token look, and nothing more', async () => {
    const open = async () => socketWire(await opened(new WebSocket(server.ws)));
    const connected = {
      open,
      token: undefined,
      database: '',
      alive: () => true,
      close: async () => {},
    };
    for (const hello of [{}, { token: 'x' }, { token: server.token.slice(1) }]) {
      const { client } = await openScreen(connected, { hello });
      expect(await client.call('runs', {})).toEqual({ runs: [] });
      expect((await client.call('hello', { api: API_VERSION, ...hello })).readOnly).toBe(true);
      await expect(
        client.call('startRun', { wish: { experiment: 'capacity', stack: 'simulated' } }),
      ).rejects.toMatchObject({ kind: 'refused', message: 'this page may only look' });
      await expect(client.call('deleteRuns', { runs: ['x'] })).rejects.toMatchObject({
        kind: 'refused',
      });
      client.close();
    }
    const { client } = await openScreen({ ...connected, token: server.token });
    const { run } = await client.call('startRun', {
      wish: { experiment: 'capacity', stack: 'simulated', maxSockets: 10 },
    });
    await client.call('stopRun', { run }).catch(() => {});
    client.close();
  });

  test('says so where a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port: number } = taken.address() as AddressInfo;
    await expect(
      startWebServer({ database: join(folder, 'x.labdb'), port: number, screens: folder }),
    ).rejects.toThrow(`EADDRINUSE on 127.0.0.1:${number}`);
    taken.close();
  });
});

function opened(socket: WebSocket): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}
