import type { Page } from '@playwright/test';
import type { Preview } from '#engine/api/views.ts';
import { expect, expectNoAxeViolations, test } from './fixtures.ts';
import { tapWire } from './wire-tap.ts';

const HOST = 'SAMPLE-1';
const MONITORING = `On ${HOST}, at 14:05 local time, we use up the TCP ports on purpose.`;

/**
 * Only a Windows host has the gate: here the real service's previews get the one Windows would have.
 * @returns what startRun was sent as the confirmation
 */
async function gatePreviews(page: Page): Promise<{ confirmed: string | undefined }> {
  const seen: { confirmed: string | undefined } = { confirmed: undefined };
  const gate: Preview['gate'] = {
    hostname: HOST,
    message: `--exhaust can leave option-less applications of ${HOST} without a port`,
  };
  await tapWire(page, {
    asked(method, argument) {
      if (method !== 'startRun') return;
      seen.confirmed = (argument as { wish: { confirm?: string } }).wish.confirm;
    },
    answered: (result) =>
      isPreview(result) ? { ...result, gate, monitoring: MONITORING } : undefined,
  });
  return seen;
}

function isPreview(result: unknown): result is Preview {
  return typeof result === 'object' && result !== null && 'gate' in result;
}

test('an exhaustive run starts only after the host’s name was typed and a console is in reach', async ({
  page,
  lane,
}) => {
  test.skip(lane !== 'web', 'the desktop’s wire can’t be passed through here');
  const seen = await gatePreviews(page);
  await page.reload();
  await page.getByRole('link', { name: 'Experiments' }).click();
  await page.getByRole('link', { name: 'Set up Capacity' }).click();
  await page.getByRole('switch', { name: /^Exhaustive/ }).click();
  await expect(page.getByText(MONITORING)).toBeVisible();
  // What it takes was asked for anew, and is here.
  await expect(page.getByRole('button', { name: 'Run…' })).toBeEnabled();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Run…' }).click();

  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('logons');
  await expect(dialog).toContainText('LDAP');
  await expectNoAxeViolations(page);
  const confirm = dialog.getByRole('button', { name: `Run exhaustively on ${HOST}` });
  const name = dialog.getByRole('textbox');
  await expect(name).toBeFocused();
  await expect(confirm).toBeDisabled();
  await name.fill('SAMPLE-');
  await page.keyboard.press('Enter');
  await expect(confirm).toBeDisabled();
  await expect(dialog).toBeVisible();

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Run…' })).toBeFocused();
  await page.getByRole('button', { name: 'Run…' }).click();
  await name.fill('sample-1');
  await expect(confirm).toBeDisabled();
  const reachable = dialog.getByRole('checkbox', { name: /console without the network/ });
  await reachable.check();
  await expect(confirm).toBeEnabled();
  await name.fill('sample-');
  await expect(confirm).toBeDisabled();
  await name.fill('sample-1');
  await reachable.uncheck();
  await expect(confirm).toBeDisabled();
  await reachable.check();
  await confirm.click();
  await page.waitForURL(/\/live\//);
  expect(seen.confirmed).toBe('sample-1');
});
