export type SortValue = string | number | null;

export interface SortOrder {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Smaller first; what has no value comes last, whatever the direction. */
export function compareValues(
  a: SortValue,
  b: SortValue,
  direction: SortOrder['direction'],
): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order =
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
  return direction === 'ascending' ? order : -order;
}

/** A copy in order; rows that compare equal keep theirs. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  direction: SortOrder['direction'],
): Row[] {
  return rows
    .map((row) => ({ row, value: valueOf(row) }))
    .sort((a, b) => compareValues(a.value, b.value, direction))
    .map(({ row }) => row);
}

/** What a click on a column's header makes of the order. Figures begin with the largest. */
export function nextOrder(now: SortOrder | null, column: string, numeric: boolean): SortOrder {
  if (now?.column !== column) {
    return { column, direction: numeric ? 'descending' : 'ascending' };
  }
  return { column, direction: now.direction === 'ascending' ? 'descending' : 'ascending' };
}
