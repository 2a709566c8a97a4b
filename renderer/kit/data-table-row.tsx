import type { KeyboardEvent, ReactNode } from 'react';
import type { DataColumn } from './data-table.tsx';
import { useTableStyles } from './data-table-styles.ts';
import { Checkbox, mergeClasses } from './fluent.ts';

export interface DataRowProps<Row> {
  readonly row: Row;
  readonly at: number;
  readonly columns: readonly DataColumn<Row>[];
  readonly marked: boolean;
  /** Of a grid's row: 0 where the tab key stops, else -1. */
  readonly tabIndex: 0 | -1 | undefined;
  /** Where only the rows in view exist. */
  readonly rowIndex: number | undefined;
  readonly choice: { readonly chosen: boolean; readonly name: string; toggle(): void } | undefined;
  readonly onOpen: (() => void) | undefined;
  onFocus(): void;
  onKeyDown(event: KeyboardEvent<HTMLTableRowElement>): void;
}

export function DataRow<Row>(props: DataRowProps<Row>): ReactNode {
  const { row, at, columns, tabIndex, rowIndex, choice, onOpen } = props;
  const styles = useTableStyles();
  return (
    <tr
      data-at={at}
      tabIndex={tabIndex}
      aria-rowindex={rowIndex}
      aria-selected={choice?.chosen}
      className={mergeClasses(
        props.marked && styles.marked,
        onOpen !== undefined && styles.opens,
        choice?.chosen === true && styles.chosen,
      )}
      onFocus={props.onFocus}
      onKeyDown={tabIndex === undefined ? undefined : props.onKeyDown}
      onClick={
        onOpen === undefined
          ? undefined
          : (event) => {
              if (!isOwnClick(event.target)) onOpen();
            }
      }
    >
      {choice !== undefined && (
        <td className={styles.check} onClick={(event) => event.stopPropagation()}>
          <Checkbox
            checked={choice.chosen}
            aria-label={`Choose ${choice.name}`}
            input={{ tabIndex }}
            onChange={choice.toggle}
          />
        </td>
      )}
      {columns.map((column, place) => {
        const cell = mergeClasses(
          place === 0 && styles.first,
          column.numeric === true && styles.numeric,
        );
        return place === 0 ? (
          <th key={column.id} scope="row" className={cell}>
            {column.render(row)}
          </th>
        ) : (
          <td key={column.id} className={cell}>
            {column.render(row)}
          </td>
        );
      })}
    </tr>
  );
}

/** A click on something in the row that does its own: a link, a button. */
function isOwnClick(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label') !== null;
}
