import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './fixtures.ts';
import { SICK, isNoLook } from './sick-host.ts';
import { tapWire } from './wire-tap.ts';

/** The doctor: where it can't look it says why, and a modelled host is there to rehearse on. */

async function openDoctor(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Doctor' })
    .click();
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('no look but on Windows, and it says so; a modelled host is watched instead', async ({
  page,
  lab,
}) => {
  await openDoctor(page);
  await expect(heading(page)).toHaveText(/ports can’t be looked at/);
  await expect(page.getByRole('main')).toContainText('Windows’ own tools');
  await expect(page.getByRole('main')).toContainText('Do: run it on the Windows Server');
  await expectNoAxeViolations(page);

  await page.getByRole('button', { name: 'Rehearse on a modelled host' }).press('Enter');
  await expect(heading(page)).toHaveText(/^All is well: 16,384 of 16,384 TCP IPv4 ports/);
  await expect(page.getByRole('main').getByText('SIMULATED', { exact: true })).toBeVisible();
  const pools = page.getByRole('list', { name: 'Headroom' }).getByRole('listitem');
  await expect(pools).toHaveCount(4);
  await expect(pools.first()).toContainText('16,384 of 16,384 free on all');
  await expect(page.getByRole('group', { name: 'PowerShell to review' })).toContainText(
    '# SIMULATED',
  );

  const watch = page.getByRole('region', { name: 'Free on all addresses over time' });
  await expect(watch).toContainText('Nothing is recorded yet');
  await watch.getByRole('combobox', { name: 'How often' }).click();
  await page.getByRole('option', { name: 'every 5 s' }).click();
  await watch.getByRole('button', { name: 'Start watching' }).click();
  await expect(watch.getByRole('status')).toHaveText('Watching every 5 s');
  await expect(watch.getByRole('img')).toHaveAccessibleDescription(/16,384 numbers free/);
  await expect(watch).toContainText(/[2-9] looks recorded/);
  await expectNoAxeViolations(page);
  await watch.getByRole('button', { name: 'Stop watching' }).click();
  await expect(watch.getByRole('button', { name: 'Start watching' })).toBeVisible();
  await watch.getByRole('button', { name: 'Show as table' }).click();
  await expect(watch.getByRole('table')).toContainText('16,384');

  // What one of both watches records, the other shows.
  const args = ['--every', '0.1', '--for', '0.25', '--profile', 'windows-11'];
  const { status } = await lab.portlab('watch', ...args);
  expect(status).toBe(0);
  await page.getByRole('combobox', { name: 'Which host' }).click();
  await page.getByRole('option', { name: 'Modelled: windows-11' }).click();
  await expect(watch).toContainText(/\d looks? recorded/);
});

test('of a server out of ports: who, to where, what to do, and text for a ticket', async ({
  page,
  lane,
}) => {
  test.skip(lane !== 'web', 'the desktop’s wire can’t be passed through here');
  await tapWire(page, { answered: (result) => (isNoLook(result) ? SICK : undefined) });
  await page.reload();
  await openDoctor(page);
  await expect(heading(page)).toHaveText(/^Out of TCP IPv4 ports .*w3wp\.exe \(PID 4312\)/);
  await expect(page.getByRole('main').getByText('REAL', { exact: true })).toBeVisible();
  const pool = page.getByRole('list', { name: 'Headroom' }).getByRole('listitem').first();
  await expect(pool).toContainText('0.8 %, exhausted');
  const holders = page.getByRole('table', { name: 'Programs that hold ports' });
  await expect(holders.getByRole('row').nth(1)).toContainText('10.0.9.40:443, 700 of these');
  const oddities = page.getByRole('region', { name: 'Oddities' }).getByRole('listitem');
  for (const oddity of await oddities.all()) await expect(oddity).toContainText('Do:');
  expect(await oddities.count()).toBeGreaterThan(0);
  await expect(page.getByRole('table', { name: 'Events of the last 24 h' })).toContainText('4231');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Copy for the ticket' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
});
