import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabLink } from '#main/electron/service/lab-link.ts';
import { startLabService } from '#main/electron/service/child-connection.ts';
import { reachLabService } from '#main/electron/service/socket-connection.ts';
import { startWebServer, type WebServer } from '#main/web/web-server.ts';

const SERVICE = resolve('out', 'portlab', 'lab-service.js');
const SCREENS = resolve('out', 'renderer');

let folder = '';
let link: LabLink | null = null;
let server: WebServer | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portlab-link-'));
});
afterEach(async () => {
  await link?.end();
  await server?.close();
  [link, server] = [null, null];
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function linkToChild(script = SERVICE): LabLink {
  const database = join(folder, 'lab.db');
  link = new LabLink(
    () => startLabService({ node: process.execPath, script, arguments: ['--db', database] }),
    '',
  );
  return link;
}

function downReason(of: LabLink): Promise<string> {
  return new Promise((resolve) => of.listen({ down: resolve }));
}

describe('a link to a child', () => {
  it('is down, with a reason, before it starts and after it failed', async () => {
    const link = linkToChild(join(folder, 'missing.js'));
    expect(link.downReason).toBe('it was not started');
    await expect(link.call('runs', {})).rejects.toThrow('the lab service is down');
    const reason = downReason(link);
    link.start();
    expect(link.downReason).toBeNull();
    expect(await reason).toMatch(/^exit status 1: Error: Cannot find module/);
    expect(link.downReason).toBe(await reason);
    expect(link.openWindowWire()).toBeNull();
    await expect(link.hello()).rejects.toThrow('the lab service is down');
  });

  it('asks after hello, tells of a run and of its end', async () => {
    const link = linkToChild();
    link.start();
    const seen = new Promise<string>((resolve) => {
      link.listen({
        activity: ([first]) => {
          if (first !== undefined) resolve(first.run);
        },
      });
    });
    const ended = new Promise<string>((resolve) => {
      link.listen({ ended: (end) => resolve(`${end.run} ${end.status}`) });
    });
    const { run } = await link.call('startRun', {
      wish: { experiment: 'sweep', stack: 'simulated', parameters: { rate: '2000' } },
    });
    expect(await seen).toBe(run);
    await link.call('stopRun', { run });
    expect(await ended).toBe(`${run} cancelled`);
    expect(link.activities).toEqual([]);
  });

  it('does not start by itself again, but when asked', async () => {
    let starts = 0;
    const database = join(folder, 'lab.db');
    link = new LabLink(() => {
      const script = starts++ === 0 ? join(folder, 'missing.js') : SERVICE;
      return startLabService({ node: process.execPath, script, arguments: ['--db', database] });
    }, '');
    const reason = downReason(link);
    link.start();
    await reason;
    await new Promise((done) => setTimeout(done, 300));
    expect(starts).toBe(1);
    link.start();
    expect((await link.hello()).mode).toBe('desktop');
    link.start();
    expect(starts).toBe(2);
  });
});

describe('a link to a service elsewhere', () => {
  async function serve(): Promise<WebServer> {
    server = await startWebServer({
      database: join(folder, 'lab.db'),
      port: 0,
      screens: SCREENS,
    });
    return server;
  }

  it('shows the token, and may write then', async () => {
    const { url, token } = await serve();
    link = new LabLink(() => reachLabService(new URL(url).host), token);
    link.start();
    expect(await link.hello()).toMatchObject({ mode: 'web', readOnly: false });
  });

  it('may only look without it', async () => {
    const { url } = await serve();
    link = new LabLink(() => reachLabService(new URL(url).host), '');
    link.start();
    expect(await link.hello()).toMatchObject({ mode: 'web', readOnly: true });
  });

  it('is down when the service goes, and up again when it is back and asked for', async () => {
    const { url, close } = await serve();
    const { host, port } = new URL(url);
    link = new LabLink(() => reachLabService(host), '');
    link.start();
    await link.hello();
    const reason = downReason(link);
    await close();
    server = null;
    expect(await reason).toBe(`the connection to ${host} ended: the lab ends`);
    server = await startWebServer({
      database: join(folder, 'lab.db'),
      port: Number(port),
      screens: SCREENS,
    });
    link.start();
    expect((await link.hello()).readOnly).toBe(true);
  });

  it('says when nobody answers there', async () => {
    const { url, close } = await serve();
    const { host } = new URL(url);
    await close();
    server = null;
    link = new LabLink(() => reachLabService(host), '');
    const reason = downReason(link);
    link.start();
    expect(await reason).toMatch(/ECONNREFUSED/);
  });

  it('a window’s wire carries frames sent before it opened', async () => {
    const { url, token } = await serve();
    link = new LabLink(() => reachLabService(new URL(url).host), token);
    link.start();
    const { createLabClient } = await import('#engine/api/client.ts');
    const wire = link.openWindowWire();
    if (wire === null) throw new Error('there is no wire');
    const client = createLabClient(wire, {
      activity: () => {},
      ended: () => {},
      runsChanged: () => {},
      closed: () => {},
    });
    expect((await client.call('hello', { api: 1, token })).readOnly).toBe(false);
    client.close();
    // A window that leaves takes nothing with it.
    await new Promise((done) => setTimeout(done, 200));
    expect(link.downReason).toBeNull();
  });
});
