import type { RunSummary } from '#engine/api/views.ts';
import { count } from '#engine/model/words.ts';
import { CLAIM_OUTCOMES, type Basis, type RunStatus } from '#engine/run/run-document.ts';
import { relativeTime } from '../../kit/format.ts';

export const BASIS_NAMES: Readonly<Record<Basis, string>> = {
  measured: 'Real',
  wine: 'Wine',
  modelled: 'Simulated',
};

export const STATUS_NAMES: Readonly<Record<RunStatus, string>> = {
  running: 'Running',
  complete: 'Complete',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
  failed: 'Failed',
  'stopped-for-safety': 'Stopped for safety',
};

/** `Capacity`: an experiment's id as a word. */
export function experimentName(id: string): string {
  return sentenceCase(id);
}

/** Its title, or what was run where. */
export function runName({ title, experiment, hostname }: RunSummary): string {
  return title ?? `${experimentName(experiment)} on ${hostname}`;
}

export function newestOf(runs: readonly RunSummary[]): RunSummary | undefined {
  return runs.reduce<RunSummary | undefined>(
    (newest, run) => (newest === undefined || run.startedAt > newest.startedAt ? run : newest),
    undefined,
  );
}

/** The screen's answer: how many, and what came last. */
export function runsSentence(runs: readonly RunSummary[], now: number): string {
  const newest = newestOf(runs);
  if (newest === undefined) return 'No run recorded';
  const age = relativeTime(newest.startedAt, now);
  return `${count(runs.length, 'run')} recorded; newest: ${runName(newest)}, ${age}`;
}

/** Without what the basis says beside it already, so that a narrow column begins with the answer. */
export function shortVerdict(verdict: string): string {
  return sentenceCase(verdict.replace(/^(?:Simulated \(profile [^)]*\)|Wine, not Windows): /, ''));
}

/** A verdict may begin in lower case where words come before it elsewhere. */
export function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `22 Nov, 18:53`, and the year where it is another one; in UTC, as the column's header says. */
export function shortStamp(iso: string, now: number): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const two = (value: number): string => String(value).padStart(2, '0');
  const sameYear = date.getUTCFullYear() === new Date(now).getUTCFullYear();
  const year = sameYear ? '' : ` ${date.getUTCFullYear()}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${year}, ${time}`;
}

/** `2 confirmed, 1 untested`; `no claim` where the run came to none. */
export function claimsWords(claims: RunSummary['claims']): string {
  const words = claimTally(claims).map(([outcome, found]) => `${found} ${outcome}`);
  return words.length === 0 ? 'no claim' : words.join(', ');
}

export function claimTally(
  claims: RunSummary['claims'],
): readonly (readonly [outcome: (typeof CLAIM_OUTCOMES)[number], found: number])[] {
  return CLAIM_OUTCOMES.map(
    (outcome) => [outcome, claims.filter((claim) => claim.outcome === outcome).length] as const,
  ).filter(([, found]) => found > 0);
}

/** What the claims column sorts by: more confirmed, then more refuted, then more said at all. */
export function claimsWeight(claims: RunSummary['claims']): number {
  const of = (outcome: string): number =>
    claims.filter((claim) => claim.outcome === outcome).length;
  return of('confirmed') * 1e6 + of('refuted') * 1e3 + of('inconclusive');
}
