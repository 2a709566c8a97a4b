import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import { planFor } from '#engine/planner/plan.ts';
import { listSwitches } from '#engine/profile/assumptions.ts';
import { asked } from './random-plans.ts';

const PLANS = process.env['PORTLAB_DEEP'] === '1' ? 1_000 : 100;

/** What is told of a plan but its words. */
function figures({ strategies, recommended, need }: PlanDocument): unknown {
  return {
    recommended,
    need,
    strategies: strategies.map(({ because: _because, firstLimit: _limit, ...one }) => one),
  };
}

test('a switch the plan does not name changes no figure of it', () => {
  fc.assert(
    fc.property(asked, ({ wish, host, profile }) => {
      const plan = planFor(wish, host, profile);
      const others = listSwitches(profile.assumptions).filter(
        ({ id, switch: of }) => id === of && !plan.assumptions.includes(id),
      );
      for (const { id, values, value } of others) {
        for (const other of values.filter((one) => one !== value)) {
          const assumptions = { ...profile.assumptions, [id]: other };
          const changed = planFor(wish, host, { ...profile, assumptions });
          expect(figures(changed), `${id} = ${other}`).toEqual(figures(plan));
        }
      }
    }),
    { numRuns: PLANS },
  );
});

test('those of the recommended strategy come first', () => {
  fc.assert(
    fc.property(asked, ({ wish, host, profile }) => {
      const { recommended, assumptions } = planFor(wish, host, profile);
      const first = { 'port-scalability': 'A1', 'reuse-unicast': 'unicastPort', legacy: 'PS-1' };
      const expected = first[recommended as keyof typeof first];
      if (expected !== undefined) expect(assumptions[0]).toBe(expected);
      expect(assumptions).toHaveLength(new Set(assumptions).size);
    }),
    { numRuns: PLANS },
  );
});
