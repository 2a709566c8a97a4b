import { formatNumber } from '#engine/chart/format.ts';
import { thousands } from '#engine/model/words.ts';

/** `event 124,011 of 465,704`; the first event is 1, and before it is 0. */
export function eventWords(seq: number, rows: number): string {
  return `event ${thousands(seq + 1)} of ${thousands(rows)}`;
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
};

/**
 * What somebody typed: a time with its unit (`9.7 s`, `2.1ms`), or the number of an event, the first is 1.
 * @returns null where it is neither, or no such event
 */
export function typedInstant(
  text: string,
  rows: number,
): { readonly seq: number } | { readonly t: number } | null {
  const plain = text.trim().toLowerCase();
  const time = /^([\d,]*\.?\d+)\s*([a-zµμ]+)$/.exec(plain);
  if (time !== null) {
    const unit = UNITS[time[2] ?? ''];
    const value = Number((time[1] ?? '').replaceAll(',', ''));
    return unit === undefined || !Number.isFinite(value) ? null : { t: value * unit };
  }
  const digits = plain.replace(/^(?:event|#)\s*/, '').replace(/[\s,’']/g, '');
  if (!/^\d{1,15}$/.test(digits)) return null;
  const seq = Number(digits) - 1;
  return seq < rows && seq >= -1 ? { seq } : null;
}

/** A figure, or a dash where it is unknown. */
export function figure(value: number | null, digits = 0): string {
  return value === null ? '–' : formatNumber(value, digits);
}
