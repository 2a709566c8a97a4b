import { electronTest as base, expect } from '../lanes/fixtures.ts';
import { serve, type Served } from '../lanes/serve.ts';
import { chooseMenu, answerDialogs, serviceOf, startAgain } from './desktop.ts';
import { clientOver, takePort } from './page-client.ts';

/** A desktop on a service that runs already. */
const test = base.extend<{ served: Served }>({
  served: async ({ lab }, use) => {
    const served = await serve(lab);
    await use(served);
    await served.end();
  },
  wanted: async ({ served }, use) =>
    use({ attachTo: { url: served.url, connect: served.url.replace(/^http/, 'ws') } }),
});

test('--connect shows a service elsewhere and starts none', async ({ app, page }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  expect(serviceOf(app)).toBeUndefined();
  // The address bar is no place for a token to stay.
  await expect.poll(() => page.url()).toMatch(/^app:\/\/lab\/index\.html#\/host$/);
});

test('with the token the page may write', async ({ page }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await expect(page.getByText(/read.?only|may only look/i)).toHaveCount(0);
});

test('frames go both ways through main', async ({ page }) => {
  const client = await clientOver(await takePort(page));
  expect((await client.call('experiments', {})).experiments.length).toBeGreaterThan(0);
  await expect(client.call('importFile', { path: '/etc/hostname' })).rejects.toThrow(
    'only the desktop itself',
  );
});

test('a .labrun file is sent there', async ({ app, lab, page }) => {
  const ran = await lab.portlab('run', 'capacity', '--stack', 'simulated', '--json');
  const { run } = JSON.parse(ran.stdout) as { run: { id: string } };
  const file = `${lab.folder}/sent.labrun`;
  await lab.portlab('runs', 'export', run.id, '--out', file);
  await lab.portlab('runs', 'delete', run.id);
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await answerDialogs(app, { file });
  await chooseMenu(app, 'Import recorded runs…');
  await expect.poll(() => new URL(page.url()).hash).toBe(`#/runs/${run.id}`);
  const { stdout } = await lab.portlab('runs', 'list', '--json');
  expect((JSON.parse(stdout) as { runs: { id: string }[] }).runs).toMatchObject([{ id: run.id }]);
});

test('the service gone, the window says so and can try again', async ({ page, served }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await served.end();
  await expect(page.getByText(/The lab service ended\.|connection to 127/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByText(/ECONNREFUSED/)).toBeVisible();
});

base('an address that is none is said to be, and nothing opens', async ({ app }) => {
  for (const [word, said] of [
    ['nonsense', /is no address of a lab service/],
    ['http://192.0.2.1:80/#x', /another machine/],
  ] as const) {
    const { code, stderr } = await startAgain(app, [`--connect=${word}`]);
    expect(code, word).toBe(2);
    expect(stderr).toMatch(said);
  }
});
