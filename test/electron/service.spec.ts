import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { electronTest as test, expect } from '../lanes/fixtures.ts';
import { stillRunning } from '../lanes/processes.ts';
import { runningService, serviceOf } from './desktop.ts';
import { startLongRun } from './page-client.ts';

test('the service listens on nothing', async ({ app }) => {
  test.skip(process.platform !== 'linux', 'read from /proc');
  const service = await runningService(app);
  // The driver's own debugging socket is Chromium's, which every child of it inherits.
  const inherited = new Set(socketsOf(app.process().pid ?? 0));
  const own = socketsOf(service.pid).filter((socket) => !inherited.has(socket));
  const listening = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap(boundSockets);
  expect(own.filter((socket) => listening.includes(socket))).toEqual([]);
  expect(listening.length).toBeGreaterThan(0);
});

test('the service killed: the window stays, says so, and has it back when asked', async ({
  app,
  lab,
  page,
}) => {
  const run = await startLongRun(page);
  await expect(page.getByText(/SIMULATED/).first()).toBeVisible();
  await expect
    .poll(async () => JSON.parse((await lab.portlab('runs', 'list', '--json')).stdout).runs.length)
    .toBe(1);

  const first = await runningService(app);
  process.kill(first.pid, 'SIGKILL');
  await expect(page.getByText('The lab service ended.')).toBeVisible();
  await expect(page.getByText(/Ended by SIGKILL/i)).toBeVisible();
  // Not by itself: what crashed once might crash again and again.
  await page.waitForTimeout(1_500);
  expect(serviceOf(app)).toBeUndefined();

  await page.getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByText('The lab service ended.')).toBeHidden();
  const second = await runningService(app);
  expect(second.pid).not.toBe(first.pid);

  const { stdout } = await lab.portlab('runs', 'list', '--json');
  const runs = (JSON.parse(stdout) as { runs: { id: string; status: string }[] }).runs;
  expect(runs).toMatchObject([{ id: run, status: 'interrupted' }]);
  await page.evaluate(() => (location.hash = '#/runs'));
  await expect(page.getByText(/interrupted/i).first()).toBeVisible();
});

test('quitting ends the service', async ({ app }) => {
  const service = await runningService(app);
  await app.close();
  expect(stillRunning([service])).toEqual([]);
});

test('the service ends itself when the desktop is killed, its run with it', async ({
  app,
  lab,
  page,
}) => {
  const run = await startLongRun(page);
  const service = await runningService(app);
  await expect
    .poll(async () => JSON.parse((await lab.portlab('runs', 'list', '--json')).stdout).runs.length)
    .toBe(1);
  app.process().kill('SIGKILL');
  await expect.poll(() => stillRunning([service]), { timeout: 15_000 }).toEqual([]);
  const { stdout } = await lab.portlab('runs', 'list', '--json');
  const runs = (JSON.parse(stdout) as { runs: { id: string; status: string }[] }).runs;
  expect(runs).toMatchObject([{ id: run }]);
  expect(runs[0]?.status).toMatch(/cancelled|interrupted/);
});

test('a page loaded anew has its service again', async ({ app, page }) => {
  const service = await runningService(app);
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Nothing is running')).toBeVisible();
  expect(serviceOf(app)?.pid).toBe(service.pid);
});

/** Inodes of a process' sockets. */
function socketsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

/** Inodes of the sockets that listen, or for UDP are bound, by any process. */
function boundSockets(protocol: string): string[] {
  const [LISTEN, UNCONNECTED] = ['0A', '07'];
  return readFileSync(`/proc/net/${protocol}`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === LISTEN || state === UNCONNECTED)
    .map((fields) => fields[9] ?? '');
}
