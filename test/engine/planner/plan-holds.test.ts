import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VerifyPlanEvidence } from '#engine/claim/rules/verify-plan-evidence.ts';
import { planHolds } from '#engine/claim/rules/verify-plan-rules.ts';
import { checkPlan } from '#engine/planner/check-plan.ts';
import type { StrategyPlan } from '#engine/planner/plan-document.ts';
import { needOf, planFor } from '#engine/planner/plan.ts';
import { profileFileOf } from '#engine/planner/planned-profile.ts';
import { suppliesOf } from '#engine/planner/supplies.ts';
import { verificationOf } from '#engine/planner/verify-plan-command.ts';
import { runOnModel } from '../experiment/simulated-lab.ts';
import { asked, type Asked } from './random-plans.ts';

const PLANS = process.env['PORTLAB_DEEP'] === '1' ? 200 : 40;
/** Larger ones are carried out no other way, only longer. */
const MOST_ADDRESSES = 40;
const MOST_SOCKETS = 6_000;

/** A plan's verification with so many addresses, carried out as `portlab run verify-plan` does. */
async function carriedOut(
  { wish, host, profile }: Asked,
  { strategy }: StrategyPlan,
  addresses: number,
) {
  const situation = { need: needOf(wish, host, profile), host, profile };
  const supply = suppliesOf(situation).find((one) => one.strategy === strategy)!;
  const { model, parameters } = verificationOf(supply, situation, addresses);
  const end = await runOnModel({
    experiment: 'verify-plan',
    parameters,
    profile: profileFileOf(model),
    exhaustive: true,
    reserve: { kind: 'number', ports: 0 },
  });
  expect(end.open).toBe(0);
  const own = end.outcome.own as VerifyPlanEvidence;
  return {
    own,
    holds: planHolds(own),
    sentence: end.sentence,
  };
}

test('what a plan says meets the need with its headroom, and with one address fewer does not', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (question) => {
      const { wish, host, profile } = question;
      const plan = planFor(wish, host, profile);
      fc.pre(plan.need.capacity <= MOST_SOCKETS);
      for (const one of plan.strategies) {
        const needed = one.addressesNeeded;
        const about = `${one.strategy} needs ${needed}: ${one.because}`;
        if ((needed ?? 0) > MOST_ADDRESSES) continue;
        const enough = await carriedOut(question, one, needed ?? 3);
        expect(enough.holds, `${about}; ${enough.sentence}`).toBe(
          needed !== null ? true : enough.own.failed?.call === 'setsockopt' ? null : false,
        );
        if (needed === null) continue;
        expect(enough.own.held, about).toBe(plan.need.capacity);
        if (needed === 1) continue;
        const fewer = await carriedOut(question, one, needed - 1);
        expect(fewer.holds, `${about}; ${fewer.sentence}`).toBe(false);
      }
    }),
    { numRuns: PLANS },
  );
}, 300_000);

test('the check beside the arithmetic says the same', () => {
  fc.assert(
    fc.property(asked, ({ wish, host, profile }) => {
      const plan = planFor(wish, host, profile);
      for (const one of plan.strategies) {
        const { strategy, addressesNeeded: needed, because, portsLeftForLegacy } = one;
        if ((needed ?? 0) > MOST_ADDRESSES) continue;
        const check = checkPlan(wish, host, profile, strategy, needed ?? 3);
        expect(check, because).toMatchObject({ met: needed !== null, cutShort: null });
        if (needed !== null) {
          const { min, max } = portsLeftForLegacy;
          // Under random picks the lower end is what to expect, not the least there can be.
          const least = profile.assumptions.A19 === 'random' ? 0 : min;
          expect(check.leftAtPeak, because).toBeGreaterThanOrEqual(least);
          expect(check.leftAtPeak, because).toBeLessThanOrEqual(max);
        }
        const fewer = checkPlan(wish, host, profile, strategy, (needed ?? 1) - 1);
        expect(fewer.met, because).toBe(false);
      }
    }),
    { numRuns: PLANS },
  );
}, 300_000);
