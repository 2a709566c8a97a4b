import { count } from '#engine/model/words.ts';
import { formatNumber } from '#engine/chart/format.ts';

/** One value of a structure, by its path: `dynamicRanges.tcp4.start`. */
export interface ValueRow {
  readonly path: string;
  /** For reading. */
  readonly value: string;
  /** The same for a spreadsheet: a number stays one. */
  readonly raw: string | number | boolean | null;
}

const MAX_DEPTH = 8;

/**
 * Flattens parameters or a profile, whatever their shape, so that nothing a run rests on is left
 * out. A port range, a list of plain values and a list of small records stay one row each.
 */
export function valueRows(value: unknown, path = '', depth = 0): ValueRow[] {
  const short = inOneRow(value);
  if (short !== null) return [{ path, value: short, raw: isScalar(value) ? value : short }];
  if (depth === MAX_DEPTH) {
    const text = JSON.stringify(value);
    return [{ path, value: text, raw: text }];
  }
  return Object.entries(value as object).flatMap(([key, item]) =>
    valueRows(item, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `49152 to 65535, 16,384 ports`: port numbers are identifiers, their count is a quantity. */
export function rangeWords(range: { readonly start: number; readonly count: number }): string {
  if (range.count === 0) return 'empty';
  return `${range.start} to ${range.start + range.count - 1}, ${count(range.count, 'port')}`;
}

function inOneRow(value: unknown): string | null {
  if (isRecord(value)) return isRange(value) ? rangeRecordWords(value) : null;
  if (!Array.isArray(value)) return plain(value);
  if (value.length === 0) return 'none';
  if (value.every(isPlain)) return value.map(plain).join(', ');
  if (value.every((item) => isRecord(item) && Object.values(item).every(isPlain))) {
    return value.map(recordWords).join('; ');
  }
  return null;
}

function recordWords(record: Readonly<Record<string, unknown>>): string {
  if (isRange(record)) return rangeRecordWords(record);
  return Object.entries(record)
    .map(([key, value]) => `${key} ${plain(value)}`)
    .join(', ');
}

interface RangeRecord extends Readonly<Record<string, unknown>> {
  readonly start: number;
  readonly count: number;
}

function rangeRecordWords({ start, count: ports, ...rest }: RangeRecord): string {
  const words = [rangeWords({ start, count: ports }), recordWords(rest)];
  return words.filter((part) => part !== '').join(', ');
}

function isRange(value: Readonly<Record<string, unknown>>): value is RangeRecord {
  return (
    typeof value['start'] === 'number' &&
    typeof value['count'] === 'number' &&
    Object.values(value).every(isPlain)
  );
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return ['string', 'number', 'boolean'].includes(typeof value) || value === null;
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'number') return formatNumber(value, 6);
  return String(value);
}
