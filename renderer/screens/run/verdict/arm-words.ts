import type { RunSeries } from '#engine/analysis/run-series.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { rangeOfRun } from '#engine/chart/run-range.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { duration, thousands } from '#engine/model/words.ts';
import type { Arm, RunDocument } from '#engine/run/run-document.ts';
import { ENDED_WORDS } from '#engine/run/run-words.ts';

/** What a bar of full width stands for: the dynamic range, where it is known and large enough. */
export function barScale(document: RunDocument): { full: number; isRange: boolean } {
  const most = document.arms.reduce(
    (highest, { perAddress }) =>
      Object.values(perAddress).reduce((a, b) => Math.max(a, b), highest),
    1,
  );
  const range = rangeOfRun(document);
  return range !== null && range >= most
    ? { full: range, isRange: true }
    : { full: most, isRange: false };
}

/** The first error with where and when it came, as far as the events tell, and what ended the arm. */
export function armEnd(
  arm: Arm,
  document: RunDocument,
  series: RunSeries,
): { error: string; details: readonly string[] } {
  const details = placeOfError(arm, document, series);
  if (arm.ended !== 'error' && arm.ended !== 'exhausted') details.push(ENDED_WORDS[arm.ended]);
  return { error: arm.firstError === null ? 'none' : describeCode(arm.firstError.code), details };
}

function placeOfError(arm: Arm, { run }: RunDocument, series: RunSeries): string[] {
  const found = series.arms.find(({ index }) => index === arm.index);
  const seen = found?.firstError ?? null;
  if (arm.firstError === null) return [];
  const { call, code } = arm.firstError;
  if (found === undefined || seen === null || seen.code !== code || seen.call !== call)
    return [call];
  return [
    seen.address === '' ? call : `${call} on ${seen.address}`,
    `at ${thousands(seen.held)} held`,
    // The model's clock says nothing of speed.
    ...(basisOfRun(run) === 'modelled' ? [] : [`after ${duration(seen.t - found.begin)}`]),
  ];
}

/** One column of a strip: an address, or several neighbours. */
export interface StripColumn {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** Addresses in order, in at most so many columns. */
export function addressStrip(perAddress: Arm['perAddress'], columns: number): StripColumn[] {
  const entries = Object.entries(perAddress);
  const each = Math.max(1, Math.ceil(entries.length / columns));
  const strip: StripColumn[] = [];
  for (let from = 0; from < entries.length; from += each) {
    const members = entries.slice(from, from + each);
    const counts = members.map(([, ports]) => ports);
    const [first, last] = [members[0]?.[0] ?? '', members.at(-1)?.[0] ?? ''];
    strip.push({
      name: first === last ? first : `${first} to ${last}`,
      least: Math.min(...counts),
      most: Math.max(...counts),
    });
  }
  return strip;
}

/** `1,000 addresses, 1,998 to 2,000 each`. */
export function addressesWords(perAddress: Arm['perAddress']): string {
  const counts = Object.values(perAddress);
  const least = counts.reduce((a, b) => Math.min(a, b), Infinity);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const each = least === most ? thousands(most) : `${thousands(least)} to ${thousands(most)}`;
  return `${thousands(counts.length)} addresses, ${each} each`;
}
