import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { proposeRun } from '../../connection/run-proposal.ts';
import { Button } from '../../kit/fluent.ts';
import { Beaker16Regular, Save16Regular } from '../../kit/icons.ts';
import { savePlan } from './save-plan.ts';
import { verifyWish } from './verify-wish.ts';

export interface PlanActionsProps {
  readonly plan: PlanDocument;
  /** The plan's; undefined while the plan is not of what is filled in. */
  readonly profile: ResolvedProfile | undefined;
}

/** The plan as a file, and as an experiment. */
export function PlanActions({ plan, profile }: PlanActionsProps): ReactNode {
  const [, goTo] = useLocation();
  const why = whyNot(plan, profile);
  return (
    <>
      <Button
        icon={<Save16Regular />}
        disabledFocusable={profile === undefined}
        onClick={() => savePlan(plan)}
      >
        Save plan
      </Button>
      <Button
        appearance="primary"
        icon={<Beaker16Regular />}
        disabledFocusable={why !== null}
        {...(why !== null && { title: why })}
        onClick={() => {
          const wish = profile === undefined ? null : verifyWish(plan, profile);
          if (wish === null) return;
          proposeRun(wish);
          goTo(`/experiments/${wish.experiment}`);
        }}
      >
        Verify as experiment
      </Button>
    </>
  );
}

/** Why it can't be verified; null where it can. */
function whyNot(plan: PlanDocument, profile: ResolvedProfile | undefined): string | null {
  if (profile === undefined) return 'The answer is not of what is filled in.';
  if (plan.recommended === null) return 'No strategy meets the need: there is nothing to verify.';
  return plan.verify === null
    ? 'The model can’t hold so many sockets or addresses in one run.'
    : null;
}
