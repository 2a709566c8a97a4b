/**
 * `npm run portlab:wine -- ARGS`: the built CLI in Windows Node under Wine. Files named in ARGS are
 * looked up from the caller's folder. PORTLAB_NETNS_RANGE="50000 50255" runs it in a fresh network
 * namespace with that local port range, PORTLAB_WINE_PRODUCT says which Windows edition it sees.
 */
import path from 'node:path';
import { SetupError, ensureBuilt } from './setup.mjs';
import { wineLaneReady } from './wine/lane.mjs';
import { WIN32_TREE, windowsPath } from './wine/places.mjs';
import { PRODUCTS } from './wine/prefix.mjs';
import { runInWine } from './wine/run.mjs';

const TIMEOUT_MS = 1_800_000;

/** One line and a hint, as the CLI itself says it. @param {number} status @param {string} line */
function fail(status, line) {
  process.stderr.write(`portlab:wine: ${line}\n`);
  process.exit(status);
}

const netnsRange = process.env['PORTLAB_NETNS_RANGE'];
const asked = process.env['PORTLAB_WINE_PRODUCT'] ?? 'workstation';
const product = PRODUCTS.find((name) => name === asked);
if (product === undefined)
  fail(2, `PORTLAB_WINE_PRODUCT is ${asked}; it may be ${PRODUCTS.join(', ')}`);
if (netnsRange !== undefined && !/^\d{1,5} \d{1,5}$/.test(netnsRange)) {
  fail(2, `PORTLAB_NETNS_RANGE is "${netnsRange}"; it takes two numbers, as in "50000 50255"`);
}
const { ready, missing } = await wineLaneReady();
if (!ready) fail(3, `Wine can't run here; missing: ${missing.join(', ')}`);

try {
  await ensureBuilt();
} catch (error) {
  if (error instanceof SetupError) fail(1, error.message);
  throw error;
}
// npm starts scripts in the project's folder; where the caller stood is in INIT_CWD. An outer npm
// run (npm test) leaves its own there.
const byNpm = process.env['npm_lifecycle_event'] === 'portlab:wine';
const cwd = (byNpm ? process.env['INIT_CWD'] : undefined) ?? process.cwd();
const { status } = await runInWine({
  args: [
    windowsPath(path.join(WIN32_TREE, 'out', 'portlab', 'portlab.js')),
    ...process.argv.slice(2),
  ],
  sync: ['out/portlab', 'out/renderer'],
  cwd,
  timeoutMs: TIMEOUT_MS,
  onStdout: (chunk) => process.stdout.write(chunk),
  onStderr: (chunk) => process.stderr.write(chunk),
  ...(netnsRange === undefined ? {} : { netnsRange }),
  ...(product === undefined ? {} : { product }),
});
process.exitCode = status;
