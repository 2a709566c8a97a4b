import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ColumnHeader, SelectAll } from './data-table-head.tsx';
import { DataRow } from './data-table-row.tsx';
import { useTableStyles } from './data-table-styles.ts';
import { mergeClasses } from './fluent.ts';
import { TableFrame } from './table-frame.tsx';
import { nextOrder, sortRows, type SortOrder, type SortValue } from './sort-rows.ts';

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: ReactNode;
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  /** A CSS width; left out, the content decides. */
  readonly width?: string;
  render(row: Row): ReactNode;
  /** What to sort by; without it the column can't be sorted. */
  sortValue?(row: Row): SortValue;
}

export interface DataTableProps<Row> {
  /** Names the table to screen readers. */
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  rowKey(row: Row): string;
  /** Enter or a click on a row. */
  onOpen?(row: Row): void;
  readonly selection?: {
    readonly selected: ReadonlySet<string>;
    onChange(selected: Set<string>): void;
    /** Names a row's check box; left out, its key does. */
    nameOf?(row: Row): string;
  };
  /** Rows that stand out; their first column must say it in words, too. */
  isMarked?(row: Row): boolean;
  /** 30, 28 or 26 px a row. */
  readonly density?: 'roomy' | 'normal' | 'dense';
  /** Instead of rows, where there are none. */
  readonly empty?: ReactNode;
  readonly initialOrder?: SortOrder;
  /** Of the scrolled part of a long table; left out, 60 % of the window. */
  readonly maxHeight?: string;
}

/** Longer tables scroll by themselves and hold only the rows in view. */
const LONG = 200;

const ROW_PX = { roomy: 30, normal: 28, dense: 26 } as const;

/**
 * A table as people and screen readers know it. Where rows open or are chosen it is a grid: one tab
 * stop, arrows move, Enter opens, the space bar chooses.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { label, columns, rows, rowKey, onOpen, selection, density = 'normal' } = props;
  const styles = useTableStyles();
  const frame = useRef<HTMLDivElement>(null);
  const [order, setOrder] = useState<SortOrder | null>(props.initialOrder ?? null);
  const [current, setCurrent] = useState<string | null>(null);

  const sorted = useMemo(() => {
    const sortValue = columns.find(({ id }) => id === order?.column)?.sortValue;
    return order === null || sortValue === undefined
      ? rows
      : sortRows(rows, (row) => sortValue(row), order.direction);
  }, [rows, columns, order]);

  const long = sorted.length > LONG;
  const rowPx = ROW_PX[density];
  const virtualizer = useVirtualizer({
    count: sorted.length,
    enabled: long,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const from = long ? (items[0]?.index ?? 0) : 0;
  const to = long ? (items.at(-1)?.index ?? -1) + 1 : sorted.length;
  const before = long ? (items[0]?.start ?? 0) : 0;
  const after = long ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;

  const isGrid = onOpen !== undefined || selection !== undefined;
  const keys = sorted.map(rowKey);
  const found = current === null ? -1 : keys.indexOf(current);
  const currentAt = Math.max(0, found);
  const width = columns.length + (selection === undefined ? 0 : 1);

  function moveTo(at: number): void {
    const next = Math.min(Math.max(0, at), sorted.length - 1);
    setCurrent(keys[next] ?? null);
    if (long) virtualizer.scrollToIndex(next);
    const row = (): HTMLElement | null =>
      frame.current?.querySelector<HTMLElement>(`tr[data-at="${next}"]`) ?? null;
    const there = row();
    if (there !== null) there.focus();
    // A row out of view exists only after the scroll has drawn it.
    else requestAnimationFrame(() => row()?.focus());
  }

  function toggle(key: string): void {
    if (selection === undefined) return;
    const next = new Set(selection.selected);
    if (!next.delete(key)) next.add(key);
    selection.onChange(next);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, at: number, row: Row): void {
    const inside = event.target !== event.currentTarget;
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 300) / rowPx) - 2);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: sorted.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) moveTo(next);
    else if (event.key === 'Enter' && !inside && onOpen !== undefined) onOpen(row);
    else if (event.key === ' ' && !inside && selection !== undefined) toggle(rowKey(row));
    else return;
    event.preventDefault();
  }

  return (
    <TableFrame label={label} frame={frame} {...(long && { maxHeight: props.maxHeight ?? '60vh' })}>
      <table
        className={mergeClasses(styles.table, styles[density])}
        role={isGrid ? 'grid' : undefined}
        aria-label={label}
        aria-rowcount={long ? sorted.length + 1 : undefined}
        aria-multiselectable={selection === undefined ? undefined : true}
      >
        <thead className={mergeClasses(long && styles.sticky)}>
          <tr aria-rowindex={long ? 1 : undefined}>
            {selection !== undefined && (
              <SelectAll keys={keys} selected={selection.selected} onChange={selection.onChange} />
            )}
            {columns.map((column) => (
              <ColumnHeader
                key={column.id}
                column={column}
                order={order?.column === column.id ? order.direction : null}
                onSort={() => {
                  setOrder(nextOrder(order, column.id, column.numeric === true));
                  frame.current?.scrollTo({ top: 0 });
                }}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap px={before} width={width} />}
          {sorted.slice(from, to).map((row, offset) => {
            const at = from + offset;
            const key = keys[at] ?? '';
            return (
              <DataRow
                key={key}
                row={row}
                at={at}
                columns={columns}
                marked={props.isMarked?.(row) === true}
                tabIndex={isGrid ? (at === currentAt ? 0 : -1) : undefined}
                rowIndex={long ? at + 2 : undefined}
                choice={
                  selection && {
                    chosen: selection.selected.has(key),
                    name: selection.nameOf?.(row) ?? key,
                    toggle: () => toggle(key),
                  }
                }
                onOpen={onOpen && (() => onOpen(row))}
                onFocus={() => setCurrent(key)}
                onKeyDown={(event) => onKeyDown(event, at, row)}
              />
            );
          })}
          {after > 0 && <Gap px={after} width={width} />}
          {sorted.length === 0 && props.empty !== undefined && (
            <tr>
              <td colSpan={width}>{props.empty}</td>
            </tr>
          )}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Gap({ px, width }: { readonly px: number; readonly width: number }): ReactNode {
  return (
    <tr aria-hidden>
      <td colSpan={width} style={{ height: px, padding: 0, border: 0 }} />
    </tr>
  );
}
