import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { planHostOfProfile } from '#engine/planner/plan-host.ts';
import { planFor } from '#engine/planner/plan.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { runDocumentSchema, type RunDocument } from '#engine/run/run-document.ts';
import { describeWine } from './lane.ts';
import { portlabInWine } from './portlab-wine.ts';

const TEST_MS = 300_000;
const RANGE = { start: 50_000, count: 100 };
const WISH = { connections: 240, remotes: 3, perSecond: 0, headroomPercent: 10 };

const cwd = mkdtempSync(join(tmpdir(), 'portlab-wine-plan-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function carriedOut(strategy: string, addresses: number): Promise<RunDocument> {
  const list = Array.from({ length: addresses }, (_, n) => `127.0.0.${n + 2}`).join(',');
  const set = { strategy, connections: WISH.connections, headroom: WISH.headroomPercent };
  const { status, stdout, stderr } = await portlabInWine(
    [
      'run',
      'verify-plan',
      '--stack',
      'winsock',
      '--exhaust',
      '--addresses',
      list,
      ...Object.entries({ ...set, remotes: WISH.remotes }).flatMap(([key, value]) => [
        '--set',
        `${key}=${value}`,
      ]),
      '--db',
      'runs.labdb',
      '--json',
    ],
    { cwd, netnsRange: `${RANGE.start} ${RANGE.start + RANGE.count - 1}` },
  );
  expect(status, stderr).toBe(0);
  return runDocumentSchema.parse(JSON.parse(stdout));
}

describeWine('a plan by the rules of profile wine-8', () => {
  const { host, profile } = planHostOfProfile(
    resolveProfile({ base: 'wine-8', dynamicRanges: { tcp4: RANGE } }),
  );
  const plan = planFor(WISH, host, profile);

  it.each(['port-scalability', 'reuse-unicast'])(
    'by %s holds on real sockets with the addresses it needs, and not with one fewer',
    async (strategy) => {
      const needed = plan.strategies.find((one) => one.strategy === strategy)?.addressesNeeded;
      // 267 of 100 each.
      expect(needed).toBe(3);
      const enough = await carriedOut(strategy, 3);
      expect(enough.measures).toMatchObject({ 'plan.holds': 1, 'plan.held': 267 });
      expect(enough.verdict).toMatch(/^Wine, not Windows: the plan holds/);
      const fewer = await carriedOut(strategy, 2);
      expect(fewer.measures).toMatchObject({ 'plan.holds': 0, 'plan.held': 200 });
      expect([enough.safety.openAfter, fewer.safety.openAfter]).toEqual([0, 0]);
    },
    TEST_MS,
  );
});
