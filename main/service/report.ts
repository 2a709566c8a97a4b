import type { RunSeries } from '#engine/analysis/run-series.ts';
import { CLAIM_TEXTS } from '#engine/claim/claims.ts';
import type { RunDocument } from '#engine/run/run-document.ts';

export type ReportFormat = 'html' | 'json' | 'csv';

export const REPORT_MIME: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
};

/** A run as a document. The renderers are loaded when one is wanted: charts are the largest part of the lab. */
export async function renderReport(
  document: RunDocument,
  series: RunSeries,
  format: ReportFormat,
): Promise<string> {
  const input = {
    document,
    series,
    claimTexts: CLAIM_TEXTS,
    generatedAt: new Date().toISOString(),
  };
  switch (format) {
    case 'html':
      return (await import('#report/render-html.ts')).renderHtml(input);
    case 'json':
      return (await import('#report/render-json.ts')).renderJson(document);
    case 'csv':
      return (await import('#report/render-csv.ts')).renderCsv(input);
  }
}
