import type { Page } from '@playwright/test';
import { expect, expectNoAxeViolations, test } from './fixtures.ts';

/** From choosing an experiment to its verdict, on the simulated stack. */

async function setUp(page: Page, experiment: 'Capacity' | 'Hold and sweep'): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Experiments' })
    .click();
  await page.getByRole('link', { name: `Set up ${experiment}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(experiment);
  await expect(runButton(page)).toBeEnabled();
}

function runButton(page: Page) {
  return page.getByRole('button', { name: 'Run', exact: true });
}

/** Ticks these addresses and no others, whatever this machine has. */
async function pick(page: Page, addresses: readonly string[]): Promise<void> {
  const boxes = page.getByRole('region', { name: 'Addresses' }).getByRole('checkbox');
  for (const box of await boxes.all()) await box.setChecked(false);
  for (const address of addresses) await page.getByRole('checkbox', { name: address }).check();
}

/** Slow enough to be watched: a simulated run is else over at once. */
async function pace(page: Page, eventsPerSecond: number): Promise<void> {
  await page.getByRole('button', { name: /^More/ }).click();
  await page
    .getByRole('textbox', { name: 'Paces a simulated run, events per second' })
    .fill(String(eventsPerSecond));
  await expect(page.getByRole('group', { name: 'Console command' })).toContainText(
    `rate=${eventsPerSecond}`,
  );
}

async function start(page: Page): Promise<string> {
  await runButton(page).click();
  await page.waitForURL(/\/live\//);
  return decodeURIComponent(page.url().split('/live/')[1] ?? '');
}

test('from addresses to the verdict, with Stop', async ({ page, lab }) => {
  await setUp(page, 'Capacity');
  await expectNoAxeViolations(page);

  const preview = page.getByRole('region', { name: 'What it will do' });
  await expect(preview).toContainText('no socket is opened');
  await pick(page, ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']);
  await expect(preview).toContainText('127.0.0.5');
  await page.getByRole('checkbox', { name: '127.0.0.5' }).click();
  await expect(preview).not.toContainText('127.0.0.5');
  await page.getByRole('textbox', { name: 'Reserve' }).fill('90');
  await expect(preview).toContainText('--reserve 90%');
  // It goes on for a minute unless it is stopped.
  await pace(page, 100);

  const run = await start(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    /\d ports held on 3 addresses, without the option/,
  );
  await expect(page.getByRole('list', { name: 'Arms' })).toContainText('Port scalability');
  await expectNoAxeViolations(page);

  await page.getByRole('button', { name: /^Stop and release/ }).click();
  const verdict = page.getByRole('link', { name: 'See the verdict' });
  await expect(verdict).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'ended before it could answer',
  );

  const { stdout } = await lab.portlab('runs', 'show', run, '--json');
  const { run: head, safety } = JSON.parse(stdout) as {
    run: { status: string; addresses: string[] };
    safety: { openAfter: number };
  };
  expect(head.status).toBe('cancelled');
  expect(head.addresses).toEqual(['127.0.0.2', '127.0.0.3', '127.0.0.4']);
  expect(safety.openAfter).toBe(0);

  await verdict.click();
  await page.waitForURL((url) => url.hash.endsWith(`/runs/${run}`));
});

test('a page opened late sees the whole run, and compares its arms', async ({ page, lab }) => {
  await setUp(page, 'Capacity');
  await page.getByRole('switch', { name: /^Exhaustive/ }).click();
  await pace(page, 10_000);
  const run = await start(page);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toContainText('more than without the option');

  await page.reload();
  // On a slow machine it may be over by now, and the page has the whole of it all the same.
  await expect(heading).toContainText(/more than without the option|instead of/);
  const legacy = page.getByRole('list', { name: 'Arms' }).getByRole('listitem').first();
  await expect(legacy).toContainText('WSAENOBUFS (10055)');
  await expect(page.getByText('exhaustive', { exact: true })).toBeVisible();

  await expect(page.getByRole('link', { name: 'See the verdict' })).toBeVisible({
    timeout: 40_000,
  });
  const { stdout } = await lab.portlab('runs', 'show', run, '--json');
  const { arms, verdict } = JSON.parse(stdout) as { arms: { bound: number }[]; verdict: string };
  await expect(heading).toHaveText(verdict);
  const cards = page.getByRole('list', { name: 'Arms' }).getByRole('listitem');
  for (const [at, { bound }] of arms.entries()) {
    await expect(cards.nth(at)).toContainText(`${bound.toLocaleString('en-US')} bound`);
  }
});

test('says at the field what is wrong, and why it can’t run', async ({ page }) => {
  await setUp(page, 'Hold and sweep');
  await page.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('textbox', { name: 'Ports held on the first address' }).fill('3000');
  await expect(page.getByRole('alert')).toContainText('2000');
  await expect(runButton(page)).toBeDisabled();
  await expect(runButton(page)).toHaveAccessibleDescription(/to be corrected/);
  await expectNoAxeViolations(page);

  await page.getByRole('textbox', { name: 'Ports held on the first address' }).fill('100');
  await expect(runButton(page)).toBeEnabled();

  await pick(page, []);
  await expect(page.getByRole('alert')).toContainText('needs 2 addresses');
  await expect(runButton(page)).toBeDisabled();
});

test('only one run at a time: the form says so, and leads to it', async ({ page }) => {
  await setUp(page, 'Capacity');
  await pick(page, ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']);
  await pace(page, 100);
  await start(page);
  await page.getByRole('link', { name: 'Capacity' }).click();
  await expect(runButton(page)).toBeDisabled();
  await page.getByRole('link', { name: 'Watch it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('held on 4 addresses');
  await page.keyboard.press('Shift+Escape');
  await expect(page.getByRole('link', { name: 'See the verdict' })).toBeVisible();
});

/** What an element is called, as far as this flow needs it; runs in the page. */
function labelOf(element: Element): string {
  const label = (element as HTMLInputElement).labels?.[0] ?? element;
  return label.textContent?.trim() || (element.getAttribute('aria-label') ?? '');
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
  await tabTo(/^Experiments/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(/^Set up Capacity/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(runButton(page)).toBeEnabled();

  const wanted = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
  const boxes = page.getByRole('region', { name: 'Addresses' }).getByRole('checkbox');
  for (const box of await boxes.all()) {
    await tabTo(new RegExp(`^${(await box.evaluate(labelOf)).replaceAll('.', '\\.')}$`));
    await expect(box).toBeFocused();
    const want = wanted.includes(await box.evaluate(labelOf));
    if ((await box.isChecked()) !== want) await page.keyboard.press('Space');
    await expect(box).toBeChecked({ checked: want });
  }
  await tabTo(/^More/);
  await page.keyboard.press('Enter');
  await tabTo(/^Paces a simulated run/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('100');
  await expect(page.getByRole('group', { name: 'Console command' })).toContainText('rate=100');
  await tabTo(/^Run$/);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('held on 3 addresses');
  await tabTo(/^Port looked at|arrow keys/);
  await page.keyboard.press('End');
  await expect(page.getByRole('slider', { name: 'Port looked at' })).toHaveAttribute(
    'aria-valuenow',
    '65535',
  );
  await page.keyboard.press('Shift+Escape');
  await tabTo(/^See the verdict/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/runs\//);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('by its accessibility tree', async ({ page }) => {
  await setUp(page, 'Hold and sweep');
  await pick(page, ['127.0.0.2', '127.0.0.3']);
  await expect(page.getByRole('form', { name: 'Set up Hold and sweep' })).toMatchAriaSnapshot(`
    - form "Set up Hold and sweep":
      - region "Where it runs":
        - heading "Where it runs" [level=2]
        - radiogroup "Stack":
          - radio /^Automatic. simulated, because / [checked]
          - radio /^Winsock/
          - radio /^Simulated/
      - region "Addresses":
        - radiogroup "Protocol":
          - radio "TCP" [checked]
          - radio "UDP"
        - radiogroup "IP version":
          - radio "IPv4" [checked]
          - radio "IPv6"
        - group "Loopback stand-ins":
          - list:
            - listitem:
              - checkbox "127.0.0.2" [checked]
            - listitem:
              - checkbox "127.0.0.3" [checked]
            - listitem:
              - checkbox "127.0.0.4"
            - listitem:
              - checkbox "127.0.0.5"
      - region "What it leaves":
        - textbox "Reserve"
      - button /More/
  `);
  await expect(page.getByRole('region', { name: 'What it will do' })).toMatchAriaSnapshot(`
    - region "What it will do":
      - list:
        - listitem: /It binds wildcard ports on 127.0.0.2, 127.0.0.3/
        - listitem: /Option-less applications would have [\\d,]+ port numbers left/
      - img /Left at the worst moment/
      - group "Console command": /portlab run sweep --stack simulated/
  `);
  await runButton(page).click();
  await page.waitForURL(/\/live\//);
  await page.getByRole('link', { name: 'See the verdict' }).waitFor();
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - main:
      - navigation "Breadcrumb"
      - heading /SO_PORT_SCALABILITY|Simulated/ [level=1]
      - link "See the verdict"
      - list "Arms":
        - listitem:
          - paragraph: Legacy (no option), arm 1
          - paragraph: /done at/
          - paragraph: /[\\d,]+ bound/
        - listitem:
          - paragraph: Port scalability
          - paragraph: /done at/
          - paragraph: /[\\d,]+ bound/
        - listitem:
          - paragraph: Legacy (no option), arm 3
          - paragraph: /done at/
          - paragraph: /[\\d,]+ bound/
      - region "Free on all addresses"
      - region "Ports held"
      - region "Binds per second"
      - region "Bind latency":
        - paragraph: /A model has no latency/
  `);
});
