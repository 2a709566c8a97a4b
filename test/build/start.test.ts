import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, pinnedNode } from '#build/setup.mjs';
import { endProcess, waitUntil } from '../lanes/processes.ts';

const START_MS = 30_000;
const END_MS = 10_000;

describe.skipIf(process.platform !== 'linux')('npm start without a display', () => {
  let folder = '';
  let child: ChildProcess;
  let said = { out: '', err: '' };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portlab-start-'));
    said = { out: '', err: '' };
    // NODE_ENV is the test runner's: where set-up builds, it must build what ships.
    const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, NODE_ENV: _mode, ...env } = process.env;
    const script = join(ROOT, 'build', 'start.mjs');
    child = spawn(pinnedNode(), [script, '--db', join(folder, 'lab.db')], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.err += text));
    expect(await waitUntil(() => said.out.endsWith('\n'), START_MS)).toBe(true);
  });

  afterEach(async () => {
    await endProcess(child, 'SIGKILL', END_MS);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('says why there is no window, and serves the screens at the address it prints last', async () => {
    expect(said.err).toContain('No window: there is no display');
    expect(said.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\S+\n$/);
    const page = await fetch(said.out.trim());
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>');
  });

  it('serves no more after Ctrl-C', async () => {
    expect(await endProcess(child, 'SIGINT', END_MS)).toBe(true);
    expect(child.exitCode).toBe(0);
    expect(await answers(said.out.trim())).toBe(false);
  });

  it('serves no more once it was killed', async () => {
    child.kill('SIGKILL');
    const end = performance.now() + END_MS;
    while ((await answers(said.out.trim())) && performance.now() < end);
    expect(await answers(said.out.trim())).toBe(false);
  });
});

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
