/** `npm run portlab -- …`: set-up if needed, then the console, on the project's own Node. */
import { pathToFileURL } from 'node:url';
import { CLI, SetupError, become, ensureBuilt, pinnedNode } from './setup.mjs';

try {
  await ensureBuilt();
  // npm starts scripts in the project's folder; files on the command line are the caller's.
  const { INIT_CWD: caller, npm_lifecycle_event: script } = process.env;
  if (caller !== undefined && script === 'portlab') process.chdir(caller);
  const args = process.argv.slice(2);
  if (process.execPath === pinnedNode()) {
    process.argv[1] = CLI;
    await import(pathToFileURL(CLI).href);
  } else {
    become(CLI, args);
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`portlab: ${error.message}\n`);
  process.exitCode = 1;
}
