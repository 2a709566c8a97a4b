/**
 * Bundles what runs: out/portlab (console and service, plain JavaScript for Node 22 on any platform;
 * native modules stay outside and are found in the node_modules above), out/renderer (the screens)
 * and out/electron (the desktop's main process and preload). Arguments name the parts; all without.
 */
import { join, resolve } from 'node:path';
import { build } from 'vite';

// Else a bundle made while tests run would hold React's development build, and paths of this machine.
process.env['NODE_ENV'] = 'production';

const root = resolve(import.meta.dirname, '..');
const common = {
  root,
  configFile: /** @type {const} */ (false),
  logLevel: /** @type {const} */ ('warn'),
};

/** Stands in the built page where each response puts its own nonce. */
const NONCE_PLACEHOLDER = 'PORTLAB-NONCE';

/** @type {Record<string, () => Promise<unknown>>} */
const PARTS = {
  portlab: () =>
    build({
      ...common,
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
            'lab-service': join(root, 'main', 'service', 'child', 'lab-service-child.ts'),
            'library-worker': join(root, 'main', 'service', 'library', 'library-worker.ts'),
            guard: join(root, 'main', 'guard', 'guard.ts'),
            probe: join(root, 'main', 'probe', 'probe.ts'),
            'writer-worker': join(root, 'data', 'writer-worker.ts'),
          },
          // Flat: a module finds its worker as a neighbour, bundled or not.
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
        },
      },
    }),
  renderer: () =>
    build({
      ...common,
      root: join(root, 'renderer'),
      // Served from http://127.0.0.1:PORT/ and app://lab/ alike.
      base: './',
      html: { cspNonce: NONCE_PLACEHOLDER },
      build: {
        target: 'chrome130',
        outDir: join(root, 'out', 'renderer'),
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 2_000,
        rolldownOptions: {
          // Fluent UI marks its modules 'use client', which means something to server rendering only.
          onLog(level, log, report) {
            if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
          },
        },
      },
    }),
  electron: async () => {
    await build({
      ...common,
      ssr: { noExternal: true, external: ['electron'] },
      build: {
        ssr: true,
        target: 'node20',
        outDir: join(root, 'out', 'electron'),
        emptyOutDir: true,
        minify: false,
        rolldownOptions: {
          input: { main: join(root, 'main', 'electron', 'main.ts') },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
        },
      },
    });
    // A sandboxed preload is one CommonJS file.
    await build({
      ...common,
      ssr: { noExternal: true, external: ['electron'] },
      build: {
        ssr: true,
        target: 'chrome130',
        outDir: join(root, 'out', 'electron'),
        emptyOutDir: false,
        minify: false,
        rolldownOptions: {
          input: { preload: join(root, 'main', 'preload', 'preload.ts') },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    });
  },
};

const wanted = process.argv.slice(2);
for (const [name, run] of Object.entries(PARTS)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}
