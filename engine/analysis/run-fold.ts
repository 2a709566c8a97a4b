import type { EventBatch } from '../event/event-batch.ts';
import { ArmFold } from './arm-fold.ts';
import type { RunSeries } from './run-series.ts';

/**
 * Folds a run's events, batch after batch and in order, into its series. The batches stay the
 * caller's and are not kept. Memory is bounded by arms (at most 255) and addresses.
 */
export class RunFold {
  readonly #arms: (ArmFold | undefined)[] = [];

  /** Rows of no arm (index 0: probes before the first, releases after the last) are passed over. */
  add(batch: EventBatch): void {
    for (let row = 0; row < batch.length; row++) {
      const index = batch.arm[row] ?? 0;
      if (index === 0) continue;
      const arm = (this.#arms[index] ??= new ArmFold(index, batch.t[row] ?? 0));
      arm.add(batch, row);
    }
  }

  /**
   * The series so far; folding can go on afterwards.
   * @param addresses the run's address table, as `SocketStack.addresses` has it
   */
  series(addresses: readonly string[]): RunSeries {
    const arms = this.#arms.filter((arm) => arm !== undefined);
    return { arms: arms.map((arm) => arm.series(addresses)) };
  }
}
