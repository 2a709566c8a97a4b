import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLabClient, type LabClient } from '#engine/api/client.ts';
import { API_VERSION } from '#engine/api/contract.ts';
import { startLabService } from '#main/electron/service/child-connection.ts';
import type { LabConnection } from '#main/electron/service/lab-connection.ts';

/** The built service: what the desktop starts. */
const SERVICE = resolve('out', 'portlab', 'lab-service.js');

let folder = '';
let open: LabConnection[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portlab-child-'));
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((connection) => connection.end()));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function start(script = SERVICE, node = process.execPath): LabConnection {
  const connection = startLabService({
    node,
    script,
    arguments: ['--db', join(folder, 'lab.db')],
  });
  open.push(connection);
  return connection;
}

function clientOf(connection: LabConnection, role: 'window' | 'shell'): LabClient {
  return createLabClient(connection.open(role), {
    activity: () => {},
    ended: () => {},
    runsChanged: () => {},
    closed: () => {},
  });
}

function reasonOf(connection: LabConnection): Promise<string> {
  return new Promise((resolve) => connection.onEnded(resolve));
}

function script(text: string): string {
  const file = join(folder, 'service.mjs');
  writeFileSync(file, text);
  return file;
}

describe('the lab service as a child', () => {
  it('answers on several wires, sent before it listens', async () => {
    const connection = start();
    const [window, shell] = [clientOf(connection, 'window'), clientOf(connection, 'shell')];
    const [hello] = await Promise.all([
      window.call('hello', { api: API_VERSION }),
      shell.call('hello', { api: API_VERSION }),
    ]);
    expect(hello).toMatchObject({ mode: 'desktop', readOnly: false });
    expect(hello.database).toBe(join(folder, 'lab.db'));
    await expect(window.call('importFile', { path: join(folder, 'a') })).rejects.toThrow(
      'only the desktop itself',
    );
  });

  it('leaves when asked, and that is no failure', async () => {
    const connection = start();
    await clientOf(connection, 'shell').call('hello', { api: API_VERSION });
    let told = '';
    connection.onEnded((reason) => (told = reason));
    const began = performance.now();
    await connection.end();
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(told).toBe('');
    await expect(clientOf(connection, 'shell').call('experiments', {})).rejects.toThrow(
      'the connection to the lab service ended',
    );
  });
});

describe('its end', () => {
  it('is told with the status and the error it left', async () => {
    const reason = reasonOf(start(script('throw new RangeError("no such range");')));
    expect(await reason).toBe('exit status 1: RangeError: no such range');
  });

  it('breaks off calls that wait', async () => {
    const connection = start(
      script('setTimeout(() => process.exit(7), 300); process.on("message", () => {});'),
    );
    await expect(clientOf(connection, 'window').call('experiments', {})).rejects.toThrow(
      'exit status 7',
    );
  });

  it('is told once when it never started', async () => {
    const connection = start(SERVICE, join(folder, 'no-such-node'));
    const told: string[] = [];
    connection.onEnded((reason) => told.push(reason));
    expect(await reasonOf(connection)).toMatch(/cannot start it: .*ENOENT/);
    expect(told).toHaveLength(1);
    await connection.end();
  });

  it('is forced on a child that hangs', async () => {
    const connection = start(
      script('process.on("disconnect", () => {}); setInterval(() => {}, 1000);'),
    );
    await new Promise((done) => setTimeout(done, 500));
    const began = performance.now();
    await connection.end();
    const tookMs = performance.now() - began;
    expect(tookMs).toBeGreaterThan(9_000);
    expect(tookMs).toBeLessThan(14_000);
  });
});

it('gives the child no words meant for Electron’s Node', async () => {
  process.env['NODE_OPTIONS'] = '--no-such-option-at-all';
  try {
    const connection = start();
    await clientOf(connection, 'shell').call('hello', { api: API_VERSION });
  } finally {
    delete process.env['NODE_OPTIONS'];
  }
});
