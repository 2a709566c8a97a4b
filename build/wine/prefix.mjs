import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand, wineCore } from './command.mjs';
import { WINE_HOME, WINE_PREFIX } from './places.mjs';

/** Debian's wineserver; the `wineserver` beside it is a wrapper that also looks for a 32-bit one. */
export const WINE_SERVER = '/usr/lib/wine/wineserver64';

/**
 * What a prefix can pose as: its value of ProductOptions\ProductType, and the service whose key makes
 * a server what it is.
 * @type {Record<Product, { readonly type: string, readonly service?: string }>}
 */
const POSES = {
  workstation: { type: 'WinNT' },
  server: { type: 'ServerNT' },
  'domain-controller': { type: 'LanmanNT' },
  'dns-server': { type: 'ServerNT', service: 'DNS' },
};

/** @typedef {'workstation' | 'server' | 'domain-controller' | 'dns-server'} Product */

export const PRODUCTS = /** @type {Product[]} */ (Object.keys(POSES));

/** Keys that tests put beside Wine's own: one of a test that was killed must not outlive it. */
const ROLE_SERVICES = ['DNS', 'vmms'];

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

/** @param {string} registry what system.reg says */
function productTypeIn(registry) {
  const key = registry.indexOf('\\\\Control\\\\ProductOptions]');
  return /"ProductType"="(\w+)"/.exec(registry.slice(key, registry.indexOf('\n\n', key)))?.[1];
}

/**
 * Makes the prefix pose as a Windows edition, and as nothing else. Costs a start of Wine only when that
 * changes. Call it with the lock held and no wineserver running: the registry is in its files then.
 * @param {Product} product
 */
export async function poseAs(product) {
  const { type, service } = POSES[product];
  const registry = readFileSync(path.join(WINE_PREFIX, 'system.reg'), 'utf8');
  const system = 'HKLM\\System\\CurrentControlSet';
  /** @type {string[][]} */
  const changes = [];
  if (productTypeIn(registry) !== type) {
    const key = `${system}\\Control\\ProductOptions`;
    changes.push(['add', key, '/v', 'ProductType', '/t', 'REG_SZ', '/d', type]);
  }
  for (const name of ROLE_SERVICES) {
    const key = `${system}\\Services\\${name}`;
    const there = registry.includes(`\\\\Services\\\\${name}]`);
    if (there && name !== service) changes.push(['delete', key]);
    // 2, SERVICE_AUTO_START: a service that is on.
    if (!there && name === service) {
      changes.push(['add', key, '/v', 'Start', '/t', 'REG_DWORD', '/d', '2']);
    }
  }
  for (const change of changes) await wine(['reg', ...change, '/f'], COMMAND_MS);
  if (changes.length > 0) await endWineServer();
}
