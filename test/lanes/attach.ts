import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Browser, type Page, chromium } from '@playwright/test';

const START_MS = 30_000;
const POLL_MS = 100;
/** Lines of the log shown with a failure: its beginning has the cause. */
const LOG_SHOWN = 40;

/**
 * Attaches to the window of a desktop that was started by other means than Playwright's, with
 * `--remote-debugging-port=0` and a pipe for its stderr.
 */
export async function attachToWindow(
  child: ChildProcess,
): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const address = await debuggerAddress(child);
  await windowLoaded(address);
  const browser = await chromium.connectOverCDP(address, { timeout: START_MS });
  const [page] = browser.contexts().flatMap((context) => context.pages());
  if (page === undefined) throw new Error('The desktop has no window.');
  return { browser, page };
}

/** The address Chromium prints on stderr. */
function debuggerAddress(child: ChildProcess): Promise<string> {
  const log: string[] = [];
  return new Promise((resolve, reject) => {
    const give = (why: string): void =>
      reject(new Error(`The desktop ${why}:\n${log.slice(0, LOG_SHOWN).join('\n')}`));
    const timer = setTimeout(() => give(`opened no debugging port in ${START_MS} ms`), START_MS);
    child.once('error', (error) => give(error.message));
    child.once('exit', (code) => give(`ended with ${code}`));
    if (child.stderr === null) return;
    createInterface(child.stderr).on('line', (line) => {
      log.push(line);
      const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

/**
 * Waits until the window shows its page: attached to earlier, a window without a renderer never
 * answers.
 */
async function windowLoaded(address: string): Promise<void> {
  const list = `http://${new URL(address).host}/json/list`;
  const end = performance.now() + START_MS;
  while (performance.now() < end) {
    const targets = (await (await fetch(list)).json()) as { type: string; title: string }[];
    // The page's own title, not its address: it has been parsed.
    if (targets.some(({ type, title }) => type === 'page' && title.includes('Lab'))) return;
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  throw new Error(`The desktop showed no page in ${START_MS} ms.`);
}
