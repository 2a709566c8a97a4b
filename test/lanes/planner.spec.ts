import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './fixtures.ts';
import { save } from './save-file.ts';

/** From a need to a plan, and from the plan to the run that verifies it. */

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const strategies = (page: Page) => page.getByRole('table', { name: 'Strategies' });
const why = (page: Page) => page.getByRole('region', { name: 'Why' });
const verify = (page: Page) => page.getByRole('button', { name: 'Verify as experiment' });

async function openPlanner(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Planner' })
    .click();
  await expect(strategies(page)).toBeVisible();
}

/** A need that a small host can't meet as it is: its dynamic range has 300 numbers. */
const SMALL = [
  ['Connections at once', '800'],
  ['Remote endpoints', '4'],
  ['New per second', '1'],
  ['Headroom kept free (%)', '20'],
  ['Addresses at hand', '3'],
  ['Ports in the range', '300'],
] as const;

test('a changed number changes the answer, and bad input keeps the last one', async ({ page }) => {
  await openPlanner(page);
  await expect(page.getByRole('main').getByText('SIMULATED', { exact: true })).toBeVisible();
  await expect(page.getByText('modelled, not measured on this host')).toBeVisible();
  await expectNoAxeViolations(page);

  await field(page, 'Connections at once').fill('1,000');
  await field(page, 'New per second').fill('0');
  await field(page, 'Headroom kept free (%)').fill('50');
  await expect(heading(page)).toContainText('1,000 connections at once');
  const result = page.getByRole('group', { name: 'Result' });
  await expect(result).toContainText(/Capacity to provide\s*2,000/);
  await expect(why(page).getByRole('listitem').first()).toContainText('1,000 connections');
  await expect(page.getByText(/^checked by simulation, \d+ ms$/)).toBeVisible();
  await expect(page.getByRole('status', { name: 'Answer' })).toContainText('1,000 connections');

  const answer = (await heading(page).textContent()) ?? '';
  await field(page, 'Connections at once').fill('many');
  await expect(page.getByRole('alert')).toHaveText('A whole number from 1 to 10,000,000.');
  await expect(heading(page)).toHaveText(answer);
  await expect(page.getByRole('main')).toContainText('An entry is to be corrected');
  await expect(verify(page)).toBeDisabled();
  await expectNoAxeViolations(page);

  // What was filled in is there again after a look elsewhere.
  const screens = page.getByRole('navigation', { name: 'Screens' });
  await screens.getByRole('link', { name: 'Claims' }).click();
  await expect(heading(page)).not.toHaveText(answer);
  await screens.getByRole('link', { name: 'Planner' }).click();
  await expect(field(page, 'Connections at once')).toHaveValue('many');
  await field(page, 'Connections at once').fill('30,000');
  await expect(heading(page)).toContainText('30,000 connections at once');
  await expect(page.getByRole('main')).not.toContainText('An entry is to be corrected');
});

test('this host can’t be started from where it is no Windows: said at its field', async ({
  page,
}) => {
  test.skip(process.platform === 'win32', 'here it can');
  await openPlanner(page);
  const answer = (await heading(page).textContent()) ?? '';
  const start = page.getByRole('combobox', { name: 'Start from' });
  await start.click();
  await page.getByRole('option', { name: /^This host now/ }).click();
  await expect(page.getByRole('alert')).toContainText(/ports can't be read here.*Do: run it on/);
  await expect(heading(page)).toHaveText(answer);
  await expect(page.getByRole('main')).toContainText('the answer to what was filled in before');
  await expect(verify(page)).toBeDisabled();
  await start.click();
  await page.getByRole('option', { name: 'windows-server-2022' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(verify(page)).toBeEnabled();
});

test('every strategy with its figures, the commands to review, and what nobody measured', async ({
  page,
}) => {
  await openPlanner(page);
  for (const [name, text] of SMALL) await field(page, name).fill(text);
  await expect(heading(page)).toContainText('800 connections');
  await expect(strategies(page)).toMatchAriaSnapshot(`
    - table "Strategies":
      - rowgroup:
        - row "Strategy Addresses needed Left for option-less apps Full after First thing to break"
      - rowgroup:
        - row /recommended/
        - row
        - row
        - row
        - row /Legacy/
  `);
  const option = strategies(page).getByRole('row').filter({ hasText: 'Port scalability' });
  // 800 connections, 120 in TIME_WAIT, 20 % free: 1,150 of 300 each.
  await expect(option.getByRole('cell').first()).toHaveText('4, 1 short');
  // Where the answer rests on how numbers are picked, it is a span.
  await expect(option.getByRole('cell').nth(1)).toHaveText(/^\d+ to \d+$/);
  const legacy = strategies(page).getByRole('row').filter({ hasText: 'as it is today' });
  await expect(legacy).toContainText('no number of addresses is enough');
  await expect(why(page)).toContainText('KB951764');
  await expect(page.getByRole('table', { name: 'What the plan assumes' })).toContainText(
    'not measured',
  );
  const commands = page.getByRole('region', { name: 'PowerShell to review' });
  await expect(commands).toContainText('The lab never runs this and never changes the host.');
  await commands.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
});

test('a plan is saved as the console prints it', async ({ page, lab, opened }) => {
  await openPlanner(page);
  const file = join(lab.folder, 'plan.json');
  const button = page.getByRole('button', { name: 'Save plan' });
  await expect(button).toBeEnabled();
  expect(await save(opened, () => button.click(), file)).toBe(
    'plan-30000-connections-documented.json',
  );
  const plan = JSON.parse(readFileSync(file, 'utf8')) as { need: object; sentence: string };
  expect(await heading(page).textContent()).toBe(plan.sentence);
  const command = 'plan --connections 30000 --remotes 8 --per-second 100 --headroom 20% --json';
  const { stdout, status } = await lab.portlab(...command.split(' '));
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ need: plan.need, sentence: plan.sentence });
});

test.describe('from a recorded run', () => {
  const RUN = ['run', 'capacity', '--stack', 'simulated', '--seed', '2', '--max-sockets', '50'];
  // A bare list of lists is taken for a value and its options.
  test.use({
    seed: [
      [[...RUN, '--addresses', '10.0.0.1,10.0.0.2,10.0.0.3', '--title', 'Edge']],
      { scope: 'test' },
    ],
  });

  test('its host is planned for, and the run that verifies the plan confirms it', async ({
    page,
    lab,
  }) => {
    await openPlanner(page);
    await page.getByRole('combobox', { name: 'Start from' }).click();
    await page.getByRole('option', { name: /^Edge, / }).click();
    await expect(field(page, 'Addresses at hand')).toHaveValue('3');
    await expect(
      page.getByText(/^As \d{8}-\S+ was .* UTC; rules of profile documented\.$/),
    ).toBeVisible();
    for (const [name, text] of SMALL) await field(page, name).fill(text);
    await expect(heading(page)).toContainText('800 connections');
    await expect(verify(page)).toBeEnabled();
    await verify(page).click();

    await expect(heading(page)).toContainText('Verify a plan');
    await expect(heading(page)).toBeFocused();
    await expect(field(page, 'Connections open at once')).toHaveValue('800');
    await expect(page.getByRole('radio', { name: /^Simulated/ })).toBeChecked();
    await expect(page.getByRole('switch', { name: /^Exhaustive/ })).toBeChecked();
    await expect(page.getByRole('combobox', { name: 'Profile' })).toHaveText('plan-host.json');
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await expect(run).toBeEnabled();
    await expectNoAxeViolations(page);
    await run.click();
    await page.getByRole('link', { name: 'See the verdict' }).click();
    await expect(heading(page)).toContainText('the plan holds');

    const { stdout } = await lab.portlab('runs', 'show', 'last', '--json');
    const { parameters, measures } = JSON.parse(stdout) as {
      parameters: Record<string, unknown>;
      measures: Record<string, number>;
    };
    expect(parameters).toMatchObject({ connections: 800, remotes: 4, perSecond: 1, headroom: 20 });
    expect(measures).toMatchObject({ 'plan.capacity': 1_150 });
  });
});

/** What an element is called; runs in the page. */
function labelOf(element: Element): string {
  const label = (element as HTMLInputElement).labels?.[0] ?? element;
  return element.getAttribute('aria-label') ?? label.textContent?.trim() ?? '';
}

test('with the keyboard alone', async ({ page }) => {
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 80; presses++) {
      const focused = await page.locator(':focus').evaluateAll(([one]) => one !== undefined);
      if (focused && name.test(await page.locator(':focus').evaluate(labelOf))) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never came to ${String(name)}`);
  };
  const type = async (name: RegExp, text: string): Promise<void> => {
    await tabTo(name);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  };
  await tabTo(/^Planner/);
  await page.keyboard.press('Enter');
  await expect(heading(page)).toBeFocused();
  await expect(strategies(page)).toBeVisible();
  await tabTo(/^Start from/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Start from' })).toContainText(
    'Profile windows-server-2008',
  );
  await type(/^Connections at once/, '700');
  await type(/^Ports in the range/, '200');
  await expect(heading(page)).toContainText('700 connections');
  await tabTo(/^PowerShell to review/);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1);
  // Back to the top of the screen: the buttons stand before the form.
  await heading(page).focus();
  await tabTo(/^Verify as experiment/);
  await page.keyboard.press('Enter');
  await expect(heading(page)).toBeFocused();
  await expect(field(page, 'Connections open at once')).toHaveValue('700');
});
