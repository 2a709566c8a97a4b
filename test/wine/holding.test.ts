import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { inNamespace } from './in-namespace.ts';
import { describeWine } from './lane.ts';
import type { HoldingReport } from './namespace/watch-holding.ts';

const TEST_MS = 300_000;
const cwd = mkdtempSync(join(tmpdir(), 'portlab-wine-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** Ends a run that holds every port, and counts from outside. */
function watch(how: 'let-it-end' | 'kill' | 'interrupt'): Promise<HoldingReport> {
  return inNamespace<HoldingReport>('watch-holding', [how, cwd], TEST_MS);
}

describeWine('while a run holds its ports', () => {
  it(
    'another program finds them taken, and all of them free afterwards',
    async () => {
      expect(await watch('let-it-end')).toEqual({
        takenBefore: 0,
        takenDuring: 1_024,
        takenAfter: 0,
        runs: ['complete'],
        exit: 0,
      });
    },
    TEST_MS,
  );

  it(
    'Ctrl-C releases them, and the run shows as cancelled',
    async () => {
      expect(await watch('interrupt')).toEqual({
        takenBefore: 0,
        takenDuring: 1_024,
        takenAfter: 0,
        runs: ['complete', 'cancelled'],
        exit: 130,
      });
    },
    TEST_MS,
  );

  it(
    'kill -9 releases them, the run shows as interrupted, and the next one works',
    async () => {
      expect(await watch('kill')).toEqual({
        takenBefore: 0,
        takenDuring: 1_024,
        takenAfter: 0,
        runs: ['complete', 'cancelled', 'interrupted', 'complete'],
        exit: 137,
      });
    },
    TEST_MS,
  );
});
