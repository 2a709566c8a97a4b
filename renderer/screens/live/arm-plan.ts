import type { Strategy } from '#engine/model/strategy.ts';

/**
 * Strategies of an experiment's arms, in order. The recording numbers the arms and does not name them,
 * and a run's document has them only at its end.
 */
const PLANS: Readonly<Record<string, readonly Strategy[]>> = {
  sweep: ['legacy', 'port-scalability', 'legacy'],
  capacity: ['legacy', 'port-scalability'],
};

/** [] for an experiment that is not known here. */
export function armPlan(experiment: string): readonly Strategy[] {
  return PLANS[experiment] ?? [];
}
