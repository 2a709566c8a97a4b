import { defineConfig } from '@playwright/test';
import type { LaneOptions } from '#test/lanes/fixtures.ts';

/** What a spec drives is built: `npm test` sees to that, and sets the lanes up. */
export default defineConfig<object, LaneOptions>({
  testDir: 'test',
  outputDir: '.cache/playwright/results',
  snapshotPathTemplate: '{testDir}/{testFileDir}/baselines/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: '.cache/playwright/report.json' }]],
  forbidOnly: process.env['CI'] !== undefined,
  // Each is idle half of the time: it waits for its page.
  workers: 2,
  // As in vitest's Wine lane: on a machine that others use as well what failed is tried once more, and named.
  retries: process.env['PORTLAB_SHARED_MACHINE'] === '1' ? 1 : 0,
  timeout: 60_000,
  globalTimeout: 3_600_000,
  expect: { timeout: 10_000 },
  use: { actionTimeout: 15_000, navigationTimeout: 20_000 },
  projects: [
    {
      name: 'web',
      testMatch: ['lanes/**/*.spec.ts', 'pictures/**/*.spec.ts', 'web/**/*.spec.ts'],
      use: { lane: 'web' },
    },
    {
      name: 'electron',
      testMatch: ['lanes/**/*.spec.ts', 'electron/**/*.spec.ts', 'build/**/*.spec.ts'],
      use: { lane: 'electron' },
    },
    { name: 'packed', testMatch: 'packed/**/*.spec.ts', timeout: 240_000 },
  ],
});
