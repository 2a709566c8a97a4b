import { RunFold } from '#engine/analysis/run-fold.ts';
import type { RunSeries } from '#engine/analysis/run-series.ts';
import { sharesName } from '#engine/chart/strategy-style.ts';
import type { Arm } from '#engine/run/run-document.ts';
import type { RunLibrary } from '#data/run-library.ts';

/** Folds a run's recorded events into what charts and measures need. */
export function seriesOf(library: RunLibrary, id: string): RunSeries {
  const fold = new RunFold();
  for (const batch of library.events(id)) fold.add(batch);
  return fold.series(library.addresses(id));
}

/** Rates and latencies of each arm as measures; for real sockets only, since a model has no speed. */
export function measuresOf(series: RunSeries, arms: readonly Arm[]): Record<string, number> {
  const measures: Record<string, number> = {};
  for (const { index, bindsPerSecond, latency } of series.arms) {
    const arm = arms.find((one) => one.index === index);
    if (arm === undefined) continue;
    const { strategy, label } = arm;
    // Two arms of one strategy (sweep's controls) are told apart by their place.
    const shared = label !== undefined || sharesName(arms, strategy);
    const name = shared ? `${strategy}-${index}` : strategy;
    if (bindsPerSecond !== null) measures[`${name}.bindsPerSecond`] = Math.round(bindsPerSecond);
    if (latency === null) continue;
    measures[`${name}.bindP50Ns`] = latency.p50;
    measures[`${name}.bindP95Ns`] = latency.p95;
    measures[`${name}.bindP99Ns`] = latency.p99;
    measures[`${name}.bindMaxNs`] = latency.max;
  }
  return measures;
}
