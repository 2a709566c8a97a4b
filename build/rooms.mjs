/**
 * Checks the house rules that no linter knows: who may import what, and that every folder's README
 * names what is in it. Prints one line a fault; exit 1 if there is any.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Each room, the rooms it may import beside itself, the packages only it may use, and whether it may
 * use Node's own modules. docs/architecture.md explains why.
 * @type {Record<string, {rooms: string[], packages: string[], node: boolean}>}
 */
const ROOMS = {
  engine: { rooms: [], packages: ['zod', 'ipaddr.js', 'birpc'], node: false },
  native: { rooms: ['engine'], packages: ['koffi', 'ffi-napi', 'ref-napi', 'zod'], node: true },
  data: { rooms: ['engine'], packages: ['better-sqlite3', 'zod'], node: true },
  report: { rooms: ['engine'], packages: ['echarts'], node: false },
  main: {
    rooms: ['engine', 'native', 'data', 'report'],
    packages: ['commander', 'cli-progress', 'zod', 'ws', 'electron'],
    node: true,
  },
  renderer: {
    rooms: ['engine'],
    packages: [
      'react',
      'react-dom',
      '@fluentui/react-components',
      '@fluentui/react-icons',
      '@fontsource-variable/inter',
      '@tanstack/react-virtual',
      'echarts',
      'wouter',
    ],
    node: false,
  },
  build: {
    rooms: ['engine'],
    packages: ['vite', '@electron/fuses', 'electron-builder'],
    node: true,
  },
  test: {
    rooms: ['engine', 'native', 'data', 'report', 'main', 'renderer', 'build'],
    packages: [
      'vitest',
      'fast-check',
      'better-sqlite3',
      'commander',
      'zod',
      'koffi',
      'ws',
      '@playwright/test',
      '@axe-core/playwright',
    ],
    node: true,
  },
};

/** The order of engine's own rooms: each may import itself and those before it. */
const ENGINE_ORDER = [
  'model',
  'event',
  'profile',
  'allocator',
  'stack',
  'analysis',
  'run',
  'claim',
  'experiment',
  'script',
  'lockstep',
  'replay',
  'verdict',
  'doctor',
  'planner',
  'chart',
  'compare',
  'api',
];

/** @type {string[]} */
const faults = [];

for (const [room, rule] of Object.entries(ROOMS)) {
  for (const file of sources(room)) {
    for (const specifier of importsOf(file)) {
      const fault = judge(room, rule, file, specifier);
      if (fault !== undefined) faults.push(`${file}: imports ${specifier}: ${fault}`);
    }
  }
  for (const folder of foldersOf(room)) checkReadme(folder);
}

for (const fault of faults) process.stdout.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;

/**
 * @param {string} room
 * @param {{rooms: string[], packages: string[], node: boolean}} rule
 * @param {string} file
 * @param {string} specifier
 */
function judge(room, rule, file, specifier) {
  if (specifier === '../../package.json') return undefined;
  if (specifier.startsWith('.')) {
    const target = join(file, '..', specifier).replaceAll('\\', '/');
    return target.startsWith(`${room}/`)
      ? judgeEngine(file, target)
      : `leaves ${room}/; write #room/…`;
  }
  if (specifier.startsWith('#')) {
    const target = specifier.slice(1);
    const other = target.split('/')[0] ?? '';
    if (other === room) return judgeEngine(file, target);
    return rule.rooms.includes(other) ? undefined : `${room}/ may not use ${other}/`;
  }
  if (specifier.startsWith('node:')) return rule.node ? undefined : `${room}/ has no Node`;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return rule.packages.includes(name) ? undefined : `${room}/ may not use the package ${name}`;
}

/**
 * @param {string} file
 * @param {string} target
 */
function judgeEngine(file, target) {
  if (!file.startsWith('engine/')) return undefined;
  const [from = '', to = ''] = [file, target].map((path) => path.split('/')[1] ?? '');
  const [at, wanted] = [ENGINE_ORDER.indexOf(from), ENGINE_ORDER.indexOf(to)];
  if (at < 0 || wanted < 0)
    return `engine/${at < 0 ? from : to} has no place in the order of engine's rooms`;
  return wanted <= at ? undefined : `engine/${from} comes before engine/${to}`;
}

/** @param {string} file */
function importsOf(file) {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|\brequire\(\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
}

/** @param {string} room */
function sources(room) {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .map((name) => `${room}/${name}`.replaceAll('\\', '/'))
    .filter((name) => /\.(ts|tsx|mts|mjs)$/.test(name));
}

/** @param {string} room */
function foldersOf(room) {
  const folders = new Set(sources(room).map((file) => file.split('/').slice(0, -1).join('/')));
  folders.add(room);
  return [...folders];
}

/** @param {string} folder */
function checkReadme(folder) {
  const readme = join(ROOT, folder, 'README.md');
  if (!existsSync(readme)) {
    faults.push(`${folder}/: has no README.md`);
    return;
  }
  const text = readFileSync(readme, 'utf8');
  for (const entry of readdirSync(join(ROOT, folder))) {
    if (entry === 'README.md' || entry === 'tsconfig.json') continue;
    if (!text.includes(entry)) faults.push(`${folder}/README.md: has no line for ${entry}`);
  }
}
