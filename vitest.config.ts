import { defineConfig } from 'vitest/config';

// better-sqlite3 crashes on older ones, which would look like a fault of the tests.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  throw new Error(`Node ${process.versions.node} is too old: run npm test, or npx vitest`);
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // ffi-napi crashes in worker threads, and a crash must not take other files with it.
    pool: 'forks',
    testTimeout: 60_000,
  },
});
