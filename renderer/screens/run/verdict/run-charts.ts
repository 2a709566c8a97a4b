import type { RunSeries } from '#engine/analysis/run-series.ts';
import { bindsOverTimeChart } from '#engine/chart/binds-over-time-chart.ts';
import type { ChartSpec } from '#engine/chart/chart-spec.ts';
import { latencyByLevelCharts } from '#engine/chart/latency-by-level-chart.ts';
import { portsPerAddressChart } from '#engine/chart/ports-per-address-chart.ts';
import type { RunDocument } from '#engine/run/run-document.ts';

/** The charts of a run, the same ones as in its report. */
export function runCharts(document: RunDocument, series: RunSeries): readonly ChartSpec[] {
  const specs: readonly (ChartSpec | null)[] = [
    portsPerAddressChart(document),
    bindsOverTimeChart(document, series),
    ...latencyByLevelCharts(document, series),
  ];
  return specs.filter((spec) => spec !== null);
}
