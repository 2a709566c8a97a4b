import { formatNumber } from '#engine/chart/format.ts';
import { count } from '#engine/model/words.ts';
import { rangeWords } from '../run-words.ts';

/** One value of a structure, by its path: `dynamicRanges.tcp4`. */
export interface ValueRow {
  readonly path: string;
  readonly value: string;
}

/** Deeper than anything the lab writes; a file from elsewhere may be anything. */
const MAX_DEPTH = 8;

/** Whatever a run rests on, nothing left out; short lists and port ranges stay one row. */
export function valueRows(value: unknown, path = '', depth = 0): readonly ValueRow[] {
  if (!isRecord(value) && !Array.isArray(value)) return [{ path, value: plain(value) }];
  if (isRange(value)) {
    return [{ path, value: `${rangeWords(value)}, ${count(value.count, 'port')}` }];
  }
  if (Array.isArray(value) && value.every((item) => !isRecord(item) && !Array.isArray(item))) {
    return [{ path, value: value.length === 0 ? 'none' : value.map(plain).join(', ') }];
  }
  if (Array.isArray(value) && value.every(isFlat)) {
    return value.map((item, at) => ({ path: `${path}.${at}`, value: flatWords(item) }));
  }
  if (depth === MAX_DEPTH) return [{ path, value: JSON.stringify(value) }];
  return Object.entries(value).flatMap(([key, item]) =>
    valueRows(item, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A record of plain values: one row, as `address 10.0.0.1, adapter a`. */
function isFlat(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    isRecord(value) &&
    Object.values(value).every((item) => item === null || typeof item !== 'object')
  );
}

function flatWords(value: Readonly<Record<string, unknown>>): string {
  return Object.entries(value)
    .map(([key, item]) => `${key} ${item === null ? 'none' : String(item)}`)
    .join(', ');
}

function isRange(value: unknown): value is { start: number; count: number } {
  return (
    isRecord(value) &&
    Object.keys(value).length === 2 &&
    typeof value['start'] === 'number' &&
    typeof value['count'] === 'number'
  );
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  return typeof value === 'number' ? formatNumber(value, 6) : String(value);
}
