import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, pinnedNode } from '#build/setup.mjs';
import { attachToWindow } from '../lanes/attach.ts';
import { openDisplay } from '../lanes/display.ts';
import { expect, test } from '../lanes/fixtures.ts';
import { endLeftovers, endProcess, watchFamily } from '../lanes/processes.ts';

const END_MS = 10_000;

test('npm start opens the desktop, and Ctrl-C ends all of it', async ({ lab }) => {
  test.skip(process.platform === 'win32', 'Windows has no signal to send as Ctrl-C does');
  const display = await openDisplay();
  // NODE_ENV is the test runner's: where set-up builds, it must build what ships.
  const { NODE_ENV: _mode, ...env } = process.env;
  const child = spawn(
    pinnedNode(),
    [
      join(ROOT, 'build', 'start.mjs'),
      '--remote-debugging-port=0',
      `--user-data-dir=${join(lab.folder, 'user-data')}`,
      '--db',
      lab.database,
    ],
    {
      cwd: lab.folder,
      env: { ...env, ...display.env, PORTLAB_TEST_RUNTIME: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const family = watchFamily(child);
  try {
    const { page, browser } = await attachToWindow(child);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await browser.close();
    expect(await endProcess(child, 'SIGINT', END_MS)).toBe(true);
    expect(await endLeftovers(family.end(), END_MS)).toEqual([]);
  } finally {
    await endProcess(child, 'SIGKILL', END_MS);
    await endLeftovers(family.end(), 0);
    await display.end();
  }
});
