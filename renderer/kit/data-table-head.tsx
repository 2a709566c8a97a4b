import type { ReactNode } from 'react';
import type { DataColumn } from './data-table.tsx';
import { useTableStyles } from './data-table-styles.ts';
import { Checkbox, mergeClasses } from './fluent.ts';
import { ArrowSortDown16Regular, ArrowSortUp16Regular } from './icons.ts';
import type { SortOrder } from './sort-rows.ts';

interface ColumnHeaderProps<Row> {
  readonly column: DataColumn<Row>;
  readonly order: SortOrder['direction'] | null;
  onSort(): void;
}

export function ColumnHeader<Row>(props: ColumnHeaderProps<Row>): ReactNode {
  const { column, order, onSort } = props;
  const styles = useTableStyles();
  const sortable = column.sortable !== false && column.sortValue !== undefined;
  const Arrow = order === 'descending' ? ArrowSortDown16Regular : ArrowSortUp16Regular;
  return (
    <th
      scope="col"
      aria-sort={sortable ? (order ?? 'none') : undefined}
      className={mergeClasses(column.numeric === true && styles.numeric)}
      style={column.width === undefined ? undefined : { width: column.width }}
    >
      {sortable ? (
        <button type="button" className={styles.sort} onClick={onSort}>
          {column.header}
          <Arrow aria-hidden className={mergeClasses(order === null && styles.unsorted)} />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

interface SelectAllProps {
  readonly keys: readonly string[];
  readonly selected: ReadonlySet<string>;
  onChange(selected: Set<string>): void;
}

export function SelectAll({ keys, selected, onChange }: SelectAllProps): ReactNode {
  const styles = useTableStyles();
  const chosen = keys.filter((key) => selected.has(key)).length;
  const all = chosen === keys.length && chosen > 0;
  return (
    <th scope="col" className={styles.check}>
      <Checkbox
        checked={all ? true : chosen > 0 ? 'mixed' : false}
        disabled={keys.length === 0}
        aria-label="Choose all"
        onChange={() => onChange(new Set(all ? [] : keys))}
      />
    </th>
  );
}
