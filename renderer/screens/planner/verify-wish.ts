import type { RunWishInput } from '#engine/api/run-wish.ts';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import { suppliesOf } from '#engine/planner/supplies.ts';
import { verificationOf } from '#engine/planner/verify-plan-command.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';

/** What the planned host is called where no shipped profile is it; the console's file of the same name. */
const PROFILE_FILE = 'plan-host.json';

/**
 * The run that verifies the recommended strategy on the model, with the addresses it needs: the same
 * as the plan's command.
 * @param profile the plan's
 * @returns null where none can be made
 */
export function verifyWish(plan: PlanDocument, profile: ResolvedProfile): RunWishInput | null {
  const { verify, verifyProfile, need, host, recommended } = plan;
  const situation = { need, host, profile };
  const supply = suppliesOf(situation).find(({ strategy }) => strategy === recommended);
  const needed = plan.strategies.find(({ strategy }) => strategy === recommended)?.addressesNeeded;
  if (verify === null || supply === undefined || typeof needed !== 'number') return null;
  const { parameters, model } = verificationOf(supply, situation, needed);
  return {
    experiment: 'verify-plan',
    stack: 'simulated',
    parameters,
    exhaustive: true,
    ...(verifyProfile === null
      ? { profile: model.name, addresses: model.addresses.map(({ address }) => address) }
      : { profile: { file: PROFILE_FILE, content: { ...verifyProfile } } }),
  };
}

/**
 * Why a plan can't be verified, for somebody to read; null where it can.
 * @param profile undefined while the plan is not of what is filled in
 */
export function verifyObstacle(
  { recommended, verify }: PlanDocument,
  profile: ResolvedProfile | undefined,
): string | null {
  if (profile === undefined) return 'This is the answer to what was filled in before.';
  if (recommended === null) return 'No strategy meets the need, so there is nothing to verify.';
  return verify === null
    ? 'No experiment can verify it: the model can’t hold so many sockets or addresses in one run.'
    : null;
}
