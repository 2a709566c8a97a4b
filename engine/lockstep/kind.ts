import type { AssumptionAlias, AssumptionId } from '../profile/assumptions.ts';

/** A way in which a host and a model can differ. */
export interface DivergenceKind {
  /**
   * The difference for an administrator, as the end of "this host differs: …".
   * @param host what the host answered in the first such case. @param model what the model did
   */
  says(host: string, model: string): string;
  /** The switches that decide it; none where no rule of the model does. */
  readonly assumptions: readonly (AssumptionId | AssumptionAlias)[];
}

export function kind(
  says: string | ((host: string, model: string) => string),
  assumptions: DivergenceKind['assumptions'],
): DivergenceKind {
  return { says: typeof says === 'string' ? () => says : says, assumptions };
}
