import { ALL_KINDS_LABEL } from '#engine/claim/rules/sweep-evidence.ts';
import type { Strategy } from '#engine/model/strategy.ts';

export interface PlannedArm {
  readonly strategy: Strategy;
  /** What it does, where its strategy alone doesn't say. */
  readonly label?: string;
}

/**
 * An experiment's arms, in order. The recording numbers the arms and does not name them,
 * and a run's document has them only at its end.
 */
const PLANS: Readonly<Record<string, readonly PlannedArm[]>> = {
  sweep: [
    { strategy: 'legacy' },
    { strategy: 'port-scalability' },
    { strategy: 'legacy' },
    { strategy: 'port-scalability', label: ALL_KINDS_LABEL },
    { strategy: 'legacy', label: ALL_KINDS_LABEL },
  ],
  capacity: [{ strategy: 'legacy' }, { strategy: 'port-scalability' }],
};

/** [] for an experiment that is not known here. */
export function armPlan(experiment: string): readonly PlannedArm[] {
  return PLANS[experiment] ?? [];
}
