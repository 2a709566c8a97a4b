import { formatNumber } from '#engine/chart/format.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { count, duration } from '#engine/model/words.ts';
import type { Finding, RunDocument, RunStatus } from '#engine/run/run-document.ts';
import { adviceParts } from '#engine/run/advice-parts.ts';
import { utcStamp } from '../../kit/format.ts';

/** What stands of a run that did not go to its end; null of one that did. */
export const UNFINISHED_WORDS: Readonly<Record<RunStatus, string | null>> = {
  running: null,
  complete: null,
  cancelled: 'Cancelled: every call until then is kept. Nothing is settled by it.',
  interrupted:
    'The process that ran it ended without warning: what was recorded until then is kept. Nothing is settled by it.',
  failed: 'It failed: every call until then is kept. Nothing is settled by it.',
  'stopped-for-safety':
    'It stopped itself for safety: every call until then is kept. Nothing is settled by it.',
};

export interface Price {
  readonly severity: Finding['severity'];
  readonly text: string;
}

const WEIGHT = { error: 2, warning: 1, info: 0 } as const;

/** Under the verdict: what it cost, or what to do next. Null where nothing was found. */
export function priceOf({ findings, safety }: RunDocument): Price | null {
  if (safety.openAfter > 0) {
    const left = count(safety.openAfter, 'socket');
    return {
      severity: 'error',
      text: `${left} still open after the release: their ports stay taken until the lab’s process ends.`,
    };
  }
  const [first, ...others] = findings;
  if (first === undefined) return null;
  const most = others.reduce(
    (found, other) => (WEIGHT[other.severity] > WEIGHT[found.severity] ? other : found),
    first,
  );
  const { what, advice } = adviceParts(most.text);
  const next = most.severity === 'info' && advice !== null;
  return { severity: most.severity, text: next ? `Next: ${advice}` : what };
}

/** When, how long, how fast, with what: the line beside the tabs. */
export function metaWords({ run, parameters }: RunDocument): string[] {
  const rate = parameters['rate'];
  const virtual = basisOfRun(run) === 'modelled' ? ' of virtual time' : '';
  return [
    utcStamp(run.startedAt),
    ...(run.status === 'running' ? [] : [`${duration(run.durationNs)}${virtual}`]),
    ...(typeof rate === 'number' && rate > 0 ? [`paced ${formatNumber(rate)}/s`] : []),
    `lab ${run.labVersion}`,
  ];
}

/** `49152 to 65535`: port numbers are names, not quantities. */
export function rangeWords(range: { readonly start: number; readonly count: number }): string {
  return range.count === 0 ? 'empty' : `${range.start} to ${range.start + range.count - 1}`;
}
