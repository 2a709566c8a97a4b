import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand, wineCore } from './command.mjs';
import { WINE_HOME, WINE_PREFIX } from './places.mjs';

/** Debian's wineserver; the `wineserver` beside it is a wrapper that also looks for a 32-bit one. */
export const WINE_SERVER = '/usr/lib/wine/wineserver64';

/** What a prefix can pose as, and its value of ProductOptions\ProductType. */
const PRODUCT_TYPES = { workstation: 'WinNT', server: 'ServerNT', 'domain-controller': 'LanmanNT' };

/** @typedef {keyof typeof PRODUCT_TYPES} Product */

export const PRODUCTS = /** @type {Product[]} */ (Object.keys(PRODUCT_TYPES));

const STAMP = path.join(WINE_PREFIX, '.portlab-made');
const FIRST_START_MS = 180_000;
const COMMAND_MS = 60_000;

/**
 * The caller's environment with Wine's own variables. NODE_OPTIONS and coverage belong to the Node
 * that calls, and a display would make Wine open windows.
 * @returns {NodeJS.ProcessEnv}
 */
export function wineEnvironment() {
  const env = { ...process.env, WINEPREFIX: WINE_PREFIX, WINEDEBUG: '-all', WINEARCH: 'win64' };
  for (const name of ['NODE_OPTIONS', 'NODE_V8_COVERAGE', 'DISPLAY', 'WAYLAND_DISPLAY']) {
    Reflect.deleteProperty(env, name);
  }
  return env;
}

/** @param {readonly string[]} args of `wine`; @param {number} timeoutMs */
async function wine(args, timeoutMs) {
  const command = ['-c', wineCore(), 'wine', ...args];
  const { status, output } = await runCommand('taskset', command, {
    env: wineEnvironment(),
    timeoutMs,
  });
  if (status !== 0)
    throw new Error(`wine ${args.join(' ')} ended with ${status}: ${output.trim()}`);
}

/**
 * Ends every process of the prefix, wineserver included, and waits for it: its sockets are closed
 * and its registry is written then.
 */
export async function endWineServer() {
  await runCommand(WINE_SERVER, ['-k'], { env: wineEnvironment(), timeoutMs: COMMAND_MS });
  await runCommand(WINE_SERVER, ['-w'], { env: wineEnvironment(), timeoutMs: COMMAND_MS });
}

/** Makes the prefix where there is none (about 9 s, 690 MB). Call it with the lock held. */
export async function ensurePrefix() {
  if (existsSync(STAMP)) return;
  // What an interrupted set-up left, its processes first.
  await endWineServer();
  rmSync(WINE_PREFIX, { recursive: true, force: true });
  mkdirSync(WINE_HOME, { recursive: true });
  process.stderr.write('wine: making a prefix …\n');
  await wine(['wineboot', '-i'], FIRST_START_MS);
  // Node refuses to start on the Windows 7 that Wine 8 poses as by default.
  await wine(['winecfg', '-v', 'win10'], COMMAND_MS);
  await endWineServer();
  writeFileSync(STAMP, '');
}

/** What the prefix poses as now, read from its registry file; undefined when it says nothing known. */
function currentProduct() {
  const registry = readFileSync(path.join(WINE_PREFIX, 'system.reg'), 'utf8');
  const key = registry.indexOf('\\\\Control\\\\ProductOptions]');
  const value = /"ProductType"="(\w+)"/.exec(
    registry.slice(key, registry.indexOf('\n\n', key)),
  )?.[1];
  return PRODUCTS.find((product) => PRODUCT_TYPES[product] === value);
}

/**
 * Makes the prefix pose as a Windows edition. Costs a start of Wine only when that changes. Call it
 * with the lock held and no wineserver running.
 * @param {Product} product
 */
export async function poseAs(product) {
  if (currentProduct() === product) return;
  const key = 'HKLM\\System\\CurrentControlSet\\Control\\ProductOptions';
  const value = ['/v', 'ProductType', '/t', 'REG_SZ', '/d', PRODUCT_TYPES[product], '/f'];
  await wine(['reg', 'add', key, ...value], COMMAND_MS);
  await endWineServer();
}
