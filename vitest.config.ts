import { defineConfig } from 'vitest/config';

// better-sqlite3 crashes on older ones, which would look like a fault of the tests.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  throw new Error(`Node ${process.versions.node} is too old: run npm test, or npx vitest`);
}

const common = {
  // ffi-napi crashes in worker threads, and a crash must not take other files with it.
  pool: 'forks',
  testTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    // Left to itself vitest keeps one core for itself, of two: it has next to nothing to do.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/wine/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Last and one file after the other: there is one Wine prefix, pinned to one core.
        test: {
          ...common,
          name: 'wine',
          // In real time, on a machine that others use as well: what failed is tried once more, and named.
          // Never among the others: what random sequences find would be lost.
          retry: process.env['PORTLAB_SHARED_MACHINE'] === '1' ? 1 : 0,
          include: ['test/wine/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
