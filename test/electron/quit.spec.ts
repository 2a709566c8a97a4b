import { electronTest as test, expect } from '../lanes/fixtures.ts';
import { stillRunning } from '../lanes/processes.ts';
import { answerDialogs, askedDialogs, runningService } from './desktop.ts';
import { startLongRun } from './page-client.ts';

const STOP = 0;
const CANCEL = 1;

test('with a run going on, closing the window asks; cancelled, all goes on', async ({
  app,
  page,
}) => {
  await startLongRun(page);
  const service = await runningService(app);
  await answerDialogs(app, { button: CANCEL });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(async () => (await askedDialogs(app)).length).toBe(1);
  const [asked] = await askedDialogs(app);
  expect(asked).toMatchObject({
    message: 'A run is going on. Stop it and quit?',
    buttons: ['Stop it and quit', 'Cancel'],
    // Enter and Esc leave it alone.
    defaultId: CANCEL,
    cancelId: CANCEL,
  });
  expect(asked?.['detail']).toMatch(/holds [\d,]+ ports/);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(stillRunning([service])).toHaveLength(1);
  await answerDialogs(app, { button: STOP });
});

test('stopped, the run is kept as cancelled and nothing stays behind', async ({
  app,
  lab,
  page,
}) => {
  const run = await startLongRun(page);
  const service = await runningService(app);
  await answerDialogs(app, { button: STOP });
  const gone = app.waitForEvent('close');
  await app.evaluate(({ app }) => app.quit());
  await gone;
  expect(stillRunning([service])).toEqual([]);
  const { stdout } = await lab.portlab('runs', 'list', '--json');
  const { runs } = JSON.parse(stdout) as { runs: { id: string; status: string }[] };
  expect(runs).toMatchObject([{ id: run, status: 'cancelled' }]);
});

test('without a run nothing is asked', async ({ app, page }) => {
  await expect(page.getByText('Nothing is running')).toBeVisible();
  await answerDialogs(app, { button: CANCEL });
  const gone = app.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await gone;
});

test('SIGTERM stops the run and asks nobody', async ({ app, lab, page }) => {
  test.skip(process.platform === 'win32', 'Windows has no such signal');
  const run = await startLongRun(page);
  const service = await runningService(app);
  await answerDialogs(app, { button: CANCEL });
  const gone = app.waitForEvent('close');
  app.process().kill('SIGTERM');
  await gone;
  expect(stillRunning([service])).toEqual([]);
  const { stdout } = await lab.portlab('runs', 'list', '--json');
  const { runs } = JSON.parse(stdout) as { runs: { id: string; status: string }[] };
  expect(runs).toMatchObject([{ id: run, status: 'cancelled' }]);
});
