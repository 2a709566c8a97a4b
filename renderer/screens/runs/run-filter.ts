import type { RunSummary } from '#engine/api/views.ts';
import type { Basis, RunStatus } from '#engine/run/run-document.ts';

/** Which runs the list shows. Empty sets let everything through. */
export interface RunFilter {
  readonly words: string;
  readonly bases: readonly Basis[];
  readonly statuses: readonly RunStatus[];
}

export const NO_FILTER: RunFilter = { words: '', bases: [], statuses: [] };

export function isFiltering({ words, bases, statuses }: RunFilter): boolean {
  return words.trim() !== '' || bases.length > 0 || statuses.length > 0;
}

/** Every word must be found somewhere in the run; the order stays. */
export function filterRuns(runs: readonly RunSummary[], filter: RunFilter): readonly RunSummary[] {
  if (!isFiltering(filter)) return runs;
  const words = lower(filter.words)
    .split(/\s+/)
    .filter((word) => word !== '');
  return runs.filter((run) => {
    if (filter.bases.length > 0 && !filter.bases.includes(run.basis)) return false;
    if (filter.statuses.length > 0 && !filter.statuses.includes(run.status)) return false;
    const text = textOf(run);
    return words.every((word) => text.includes(word));
  });
}

/** How many runs each value of a filter would leave. */
export function countBy<K extends string>(
  runs: readonly RunSummary[],
  keyOf: (run: RunSummary) => K,
): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const run of runs) counts.set(keyOf(run), (counts.get(keyOf(run)) ?? 0) + 1);
  return counts;
}

/** A summary never changes: a list that is fetched again brings new ones. */
const texts = new WeakMap<RunSummary, string>();

function textOf(run: RunSummary): string {
  let text = texts.get(run);
  if (text === undefined) {
    const { id, title, experiment, tags, hostname, verdict, profile } = run;
    // A line each, so that no word is found across two of them.
    text = lower([id, title, experiment, ...tags, hostname, verdict, profile].join('\n'));
    texts.set(run, text);
  }
  return text;
}

function lower(text: string): string {
  return text.toLowerCase();
}
