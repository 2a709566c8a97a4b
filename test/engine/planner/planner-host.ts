import type {
  PlanDocument,
  PlanHost,
  PlanStrategy,
  PlanWish,
  StrategyPlan,
} from '#engine/planner/plan-document.ts';
import { planHostOfProfile } from '#engine/planner/plan-host.ts';
import { planFor } from '#engine/planner/plan.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';

/** A busy server: what is excluded and held leaves 14,000 numbers of its range. */
export const BUSY: Partial<PlanHost> = { addresses: 4, excluded: 360, usedByOthers: 2_024 };

export const WISH: PlanWish = {
  connections: 45_000,
  remotes: 12,
  perSecond: 150,
  headroomPercent: 20,
};

/** A plan on a host made of a profile file's content, with other figures over it. */
export function planOn(
  file: object,
  wish: Partial<PlanWish> = {},
  figures: Partial<PlanHost> = {},
): PlanDocument {
  const { host, profile } = planHostOfProfile(resolveProfile(file));
  return planFor({ ...WISH, ...wish }, { ...host, ...figures }, profile);
}

export function of(plan: PlanDocument, strategy: PlanStrategy): StrategyPlan {
  const found = plan.strategies.find((one) => one.strategy === strategy);
  if (found === undefined) throw new Error(`no ${strategy}`);
  return found;
}

/** Addresses needed, by strategy. */
export function needs(plan: PlanDocument): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    plan.strategies.map(({ strategy, addressesNeeded }) => [strategy, addressesNeeded]),
  );
}
