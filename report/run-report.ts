import type { RunSeries } from '#engine/analysis/run-series.ts';
import type { RunDocument } from '#engine/run/run-document.ts';

/** All a report is made from. The same input gives the same bytes. */
export interface RunReportInput {
  readonly document: RunDocument;
  /** Folded from the run's events; null where there are none, and then no curve is drawn. */
  readonly series: RunSeries | null;
  /** What Microsoft's pages say, by claim id. */
  readonly claimTexts: Readonly<Record<string, string>>;
  /** ISO 8601 UTC. */
  readonly generatedAt: string;
}
