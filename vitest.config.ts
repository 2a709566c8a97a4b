import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // ffi-napi crashes in worker threads, and a crash must not take other files with it.
    pool: 'forks',
    testTimeout: 60_000,
  },
});
