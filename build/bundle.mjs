/**
 * Bundles the console and the threads it starts into out/portlab: plain JavaScript for Node 22 on
 * any platform. Native modules stay outside and are found in the node_modules above.
 */
import { join, resolve } from 'node:path';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '..');

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  ssr: {
    noExternal: true,
    external: ['better-sqlite3', 'koffi', 'ffi-napi', 'ref-napi'],
  },
  build: {
    ssr: true,
    target: 'node22',
    outDir: join(root, 'out', 'portlab'),
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: {
        portlab: join(root, 'main', 'cli', 'portlab.ts'),
        'writer-worker': join(root, 'data', 'writer-worker.ts'),
      },
      // Flat: a module finds its worker as a neighbour, bundled or not.
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
