/**
 * Stands in for Electron's own default app, which the test runtime lacks: loads the app named on the
 * command line, `electron [switches] [-r MODULE] APP [arguments]`. A module, because Electron holds
 * back `ready` until a main module is loaded.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

process.defaultApp = true;

const preloaded = [];
let target;
for (let i = 1; i < process.argv.length && target === undefined; i++) {
  const arg = process.argv[i];
  if (arg === '-r' || arg === '--require') preloaded.push(process.argv[++i]);
  else if (!arg.startsWith('-')) target = resolve(arg);
}

if (target === undefined || !existsSync(target)) {
  process.stderr.write(`electron: there is no app ${target ?? 'named on the command line'}\n`);
  app.exit(2);
} else {
  const folder = statSync(target).isDirectory() ? target : undefined;
  let entry = target;
  if (folder !== undefined) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (manifest.version !== undefined) app.setVersion(manifest.version);
    const name = manifest.productName ?? manifest.name;
    if (name !== undefined) {
      app.setName(name);
      app.setPath('userData', join(app.getPath('appData'), name));
    }
    entry = join(folder, manifest.main ?? 'index.js');
  }
  app.setAppPath(folder ?? dirname(entry));
  if (preloaded.length > 0) Module._preloadModules(preloaded);
  await import(pathToFileURL(entry).href);
}
