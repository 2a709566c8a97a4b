import { afterAll, beforeAll, expect, test } from 'vitest';
import { planFor } from '#engine/planner/plan.ts';
import type { PlanHost, PlanWish } from '#engine/planner/plan-document.ts';
import { planHostOfProfile } from '#engine/planner/plan-host.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import { verifyObstacle, verifyWish } from '#renderer/screens/planner/verify-wish.ts';
import { CONNECTIONS } from '#test/wire/connections.ts';
import { recordedLab, type RecordedLab } from '../runs/recorded-lab.ts';

/** What Verify as experiment asks a real service for. */

let lab: RecordedLab;
beforeAll(async () => {
  lab = await recordedLab(CONNECTIONS[0]!);
});
afterAll(() => lab.close());

const WISH: PlanWish = { connections: 300, remotes: 3, perSecond: 1, headroomPercent: 20 };

/** A small host, so that a plan has to choose. */
function planOn(wish: PlanWish, figures: Partial<PlanHost>) {
  const { host, profile } = planHostOfProfile(namedProfile('documented'));
  return { plan: planFor(wish, { ...host, ...figures }, profile), profile };
}

test.each([
  ['a shipped profile as it is', WISH, {}],
  [
    'a host with figures of its own',
    { ...WISH, connections: 2_000 },
    { dynamicRange: { start: 60_000, count: 300 }, excluded: 20, usedByOthers: 30, addresses: 4 },
  ],
  [
    'an auto-reuse range the host has',
    { ...WISH, connections: 2_000 },
    {
      dynamicRange: { start: 60_000, count: 300 },
      autoReuseRange: { start: 20_000, count: 1_000 },
    },
  ],
])('the run it proposes holds what the plan says: %s', async (_name, wish, figures) => {
  const { plan, profile } = planOn(wish, figures);
  const proposed = verifyWish(plan, profile);
  if (proposed === null) throw new Error('nothing is proposed');
  const { refusal, gate } = await lab.client.call('preview', { wish: { ...proposed, seed: 3 } });
  expect([refusal, gate]).toEqual([null, null]);
  const run = await lab.record({ ...proposed, seed: 3 });
  const { document } = await lab.client.call('run', { run });
  expect(document.run.addresses.length).toBe(plan.strategies[0]?.addressesNeeded);
  expect(document.verdict).toMatch(/the plan holds /);
});

test('the same as the console command, but for the file’s place', async () => {
  const { plan, profile } = planOn(WISH, {});
  const { command } = await lab.client.call('preview', { wish: verifyWish(plan, profile)! });
  const words = (text: string | null) => (text ?? '').split(/ (?=--)/).toSorted();
  expect(words(command)).toEqual(expect.arrayContaining(words(plan.verify)));
});

test('nothing is proposed where no strategy meets the need, or the model can’t hold it', () => {
  const many = planOn({ ...WISH, connections: 10_000_000, remotes: 1 }, { usedByOthers: 16_384 });
  const huge = planOn({ ...WISH, connections: 10_000_000, headroomPercent: 90 }, {});
  for (const { plan, profile } of [many, huge]) {
    expect(plan.verify).toBeNull();
    expect(verifyWish(plan, profile)).toBeNull();
    expect(verifyObstacle(plan, profile)).toMatch(
      plan.recommended === null ? /^No strategy/ : /model/,
    );
  }
});
