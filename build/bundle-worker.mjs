/** A module and what it imports as one classic script for a browser's worker. Tests use it; nothing shipped does. */
import { build } from 'vite';

/**
 * @param {string} entry path of the module
 * @returns {Promise<string>} the script
 */
export async function bundleWorker(entry) {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'chrome130',
      minify: false,
      lib: { entry, formats: ['iife'], name: 'worker' },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !('output' in first)) throw new Error(`nothing was built of ${entry}`);
  const [chunk, ...more] = first.output;
  if (more.length > 0) throw new Error(`${entry} is more than one script`);
  return chunk.code;
}
