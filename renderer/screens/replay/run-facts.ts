import type { RecordingView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import type { Strategy } from '#engine/model/strategy.ts';
import { poolOfRun, protocolOfRun, type RunPool } from '#engine/run/run-pool.ts';
import { armPlan } from '../../events/arm-plan.ts';
import { addressGroups } from '../../ports/address-groups.ts';

/** What of a run's document its events are read with. */
export interface RunFacts {
  readonly protocol: Protocol;
  readonly family: Family;
  /** Real sockets, of Wine. */
  readonly wine: boolean;
  /** Durations are measured: of real sockets. */
  readonly timed: boolean;
  /** Null where the range is unknown. */
  readonly pool: RunPool | null;
  /** How many addresses it uses. */
  readonly addresses: number;
  /** Addresses with a band of their own in the port map; none where they are many. */
  readonly bands: readonly string[];
  /** Which strategy an arm of the recording is. */
  readonly arms: readonly {
    readonly index: number;
    readonly strategy: Strategy;
    readonly label?: string | undefined;
  }[];
}

export function factsOf({ document }: Pick<RecordingView, 'document'>): RunFacts {
  const { run, arms } = document;
  const basis = basisOfRun(run);
  const groups = addressGroups(run.addresses);
  const alone = groups.every(({ addresses }) => addresses.length === 1);
  return {
    ...protocolOfRun(document),
    wine: basis === 'wine',
    timed: basis !== 'modelled',
    pool: poolOfRun(document),
    addresses: run.addresses.length,
    bands: alone ? run.addresses : [],
    // A run that did not go to its end has no arms in its document; its experiment says what they are.
    arms:
      arms.length > 0
        ? arms.map(({ index, strategy, label }) => ({ index, strategy, label }))
        : armPlan(run.experiment).map((arm, at) => ({ ...arm, index: at + 1 })),
  };
}
