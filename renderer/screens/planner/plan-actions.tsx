import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { proposeRun } from '../../connection/run-proposal.ts';
import { Button } from '../../kit/fluent.ts';
import { Beaker16Regular, Save16Regular } from '../../kit/icons.ts';
import { savePlan } from './save-plan.ts';
import { verifyObstacle, verifyWish } from './verify-wish.ts';

export interface PlanActionsProps {
  readonly plan: PlanDocument;
  /** The plan's; undefined while the plan is not of what is filled in. */
  readonly profile: ResolvedProfile | undefined;
}

/** Of the element that says why a plan can't be verified. */
export const OBSTACLE_ID = 'verify-obstacle';

/** The plan as a file, and as an experiment. */
export function PlanActions({ plan, profile }: PlanActionsProps): ReactNode {
  const [, goTo] = useLocation();
  const obstacle = verifyObstacle(plan, profile);
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
        disabledFocusable={obstacle !== null}
        aria-describedby={OBSTACLE_ID}
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
