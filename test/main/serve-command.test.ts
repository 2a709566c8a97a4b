import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createLabClient, type LabClient } from '#engine/api/client.ts';
import { API_VERSION } from '#engine/api/contract.ts';
import { ensureBuilt } from '#build/setup.mjs';
import { socketWire } from '#main/wire/socket-wire.ts';
import { portlab, scratch, startPortlab } from './portlab.ts';

describe('portlab serve', () => {
  const place = scratch();
  beforeAll(ensureBuilt, 180_000);
  afterAll(() => place.remove());

  async function serve(...options: string[]) {
    const database = place.path(`${options.join('')}lab.labdb`);
    const { child, ended } = startPortlab(['--db', database, ...options, 'serve', '--port', '0']);
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (text: string) => resolve(text));
      child.once('exit', () => reject(new Error('it ended')));
    });
    return { child, ended, line, database };
  }

  async function connect(url: URL): Promise<LabClient> {
    const socket = new WebSocket(`ws://${url.host}/ws`);
    const wire = socketWire(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const ignore = (): void => {};
    const listeners = { activity: ignore, ended: ignore, runsChanged: ignore, closed: ignore };
    const client = createLabClient(wire, listeners);
    await client.call('hello', { api: API_VERSION, token: url.hash.slice(1) });
    return client;
  }

  test('prints one line, the address with its token, and serves the screens until Ctrl-C', async () => {
    const { child, ended, line } = await serve();
    expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}\n$/);
    const page = await fetch(new URL('/', line));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="root">');
    child.kill('SIGINT');
    const { status, stdout, stderr } = await ended;
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: line, stderr: '' });
  });

  test('with --json says where the contract is spoken', async () => {
    const { child, ended, line } = await serve('--json');
    const { url, ws, token } = JSON.parse(line) as Record<string, string>;
    expect(url).toBe(`http://${new URL(ws ?? '').host}/#${token}`);
    expect(ws).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/ws$/);
    child.kill('SIGTERM');
    expect((await ended).status).toBe(0);
  });

  test('ended in the middle of a run, it releases everything and keeps what was recorded', async () => {
    const { child, ended, line, database } = await serve();
    const client = await connect(new URL(line));
    const { run } = await client.call('startRun', {
      wish: { experiment: 'capacity', stack: 'simulated', parameters: { rate: '2000' } },
    });
    child.kill('SIGINT');
    expect((await ended).status).toBe(0);
    const { stdout } = await portlab('--json', '--db', database, 'runs', 'show', run);
    expect(JSON.parse(stdout)).toMatchObject({
      run: { status: 'cancelled' },
      safety: { openAfter: 0 },
    });
  });

  test('killed in the middle of a run, it leaves an interrupted one', async () => {
    const { child, ended, line, database } = await serve();
    const client = await connect(new URL(line));
    const { run } = await client.call('startRun', {
      wish: { experiment: 'capacity', stack: 'simulated', parameters: { rate: '2000' } },
    });
    child.kill('SIGKILL');
    await ended;
    const { stdout } = await portlab('--json', '--db', database, 'runs', 'show', run);
    expect(JSON.parse(stdout)).toMatchObject({ run: { status: 'interrupted' } });
  });
});
