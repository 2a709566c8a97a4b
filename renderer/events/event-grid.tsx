import {
  useEffect,
  useId,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { color } from '../kit/colors.ts';
import { makeStyles, mergeClasses } from '../kit/fluent.ts';
import type { EventColumns } from './event-columns.tsx';
import type { EventRow } from './event-row.ts';
import {
  rangeOf,
  selectionAfterClick,
  selectionAfterKey,
  type GridSelection,
} from './grid-selection.ts';
import { useRowScroll } from './use-row-scroll.ts';

const ROW_PX = 26;

const useStyles = makeStyles({
  frame: { display: 'flex', flexDirection: 'column', minHeight: 0, overflowX: 'auto' },
  inner: {
    display: 'flex',
    flexDirection: 'column',
    flexGrow: 1,
    minHeight: 0,
    // The tracks' least widths; their content may be cut.
    minWidth: 'min-content',
  },
  // As wide as the rows: they have a scroll bar beside them.
  head: {
    display: 'grid',
    flexShrink: 0,
    overflowY: 'scroll',
    scrollbarColor: 'transparent transparent',
    height: '27px',
    borderBottom: `1px solid ${color('stroke')}`,
    fontSize: '12px',
    lineHeight: '26px',
    fontWeight: 600,
    color: color('ink-2'),
  },
  body: {
    position: 'relative',
    flexGrow: 1,
    minHeight: 0,
    overflowY: 'scroll',
    overflowX: 'hidden',
    overflowAnchor: 'none',
    ':focus-visible': { outlineOffset: '-2px' },
  },
  row: {
    position: 'absolute',
    insetInline: 0,
    display: 'grid',
    height: `${ROW_PX}px`,
    lineHeight: `${ROW_PX - 1}px`,
    borderBottom: `1px solid ${color('stroke')}`,
    cursor: 'default',
  },
  failed: { backgroundColor: color('error-tint') },
  chosen: {
    backgroundColor: color('accent-tint'),
    '@media (forced-colors: active)': { outline: '1px dashed Highlight', outlineOffset: '-1px' },
  },
  current: { outline: `2px solid ${color('accent-text')}`, outlineOffset: '-2px' },
  cell: { padding: '0 8px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  numeric: { textAlign: 'right' },
  coming: { color: color('ink-3') },
});

export interface EventGridProps {
  readonly label: string;
  readonly rowCount: number;
  readonly columns: EventColumns;
  /** A row, if it is here. */
  rowAt(place: number): EventRow | undefined;
  /** Rows in view, so that they can be fetched. */
  onRange(from: number, to: number): void;
  readonly selection: GridSelection | null;
  onSelect(selection: GridSelection): void;
  /** Ctrl+C. */
  onCopy(): void;
  /** A row to bring into view; a new object does so again. */
  readonly goTo: { readonly place: number } | null;
}

/** One tab stop; arrows move the current row, Shift widens the choice, Ctrl+C copies it. */
export function EventGrid(props: EventGridProps): ReactNode {
  const { label, rowCount, columns, rowAt, onRange, selection, onSelect, goTo } = props;
  const styles = useStyles();
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  const scroll = useRowScroll(body, rowCount, ROW_PX);
  const { from, to, show } = scroll;
  const template = columns.columns.map(({ track }) => track).join(' ');

  useEffect(() => onRange(from, to), [from, to, onRange]);

  const went = useRef<EventGridProps['goTo']>(null);
  useEffect(() => {
    if (goTo === null || goTo === went.current || scroll.page <= 1) return;
    went.current = goTo;
    show(goTo.place, 'middle');
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    if (event.ctrlKey && event.key.toLowerCase() === 'c') {
      // A marked part of a cell is copied as it is.
      if (window.getSelection()?.isCollapsed !== false) props.onCopy();
      return;
    }
    const next = selectionAfterKey(selection, event, rowCount, scroll.page);
    if (next === null) return;
    event.preventDefault();
    onSelect(next);
    if (!(event.ctrlKey && event.key.toLowerCase() === 'a')) show(next.current, 'nearest');
  }

  function onClick(event: MouseEvent, place: number): void {
    // A click that marked text is no choice.
    if (!event.shiftKey && window.getSelection()?.isCollapsed === false) return;
    onSelect(selectionAfterClick(selection, place, event.shiftKey));
  }

  const chosen = selection === null ? { from: 0, to: 0 } : rangeOf(selection);
  const current = selection?.current ?? -1;
  const places = Array.from({ length: to - from }, (_, at) => from + at);
  return (
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-multiselectable
      className={styles.frame}
      style={{ flexGrow: 1 }}
    >
      <div className={styles.inner} role="presentation">
        <div role="rowgroup">
          <div
            role="row"
            aria-rowindex={1}
            className={styles.head}
            style={{ gridTemplateColumns: template }}
          >
            {columns.columns.map(({ id: column, header, numeric }) => (
              <div
                key={column}
                role="columnheader"
                className={mergeClasses(styles.cell, numeric && styles.numeric)}
              >
                {header}
              </div>
            ))}
          </div>
        </div>
        <div
          ref={body}
          role="rowgroup"
          tabIndex={0}
          aria-label={label}
          aria-activedescendant={current >= from && current < to ? `${id}-${current}` : undefined}
          className={styles.body}
          onScroll={scroll.onScroll}
          onKeyDown={onKeyDown}
        >
          <div role="presentation" style={{ height: scroll.elementPx }} />
          {places.map((place) => {
            const row = rowAt(place);
            return (
              <div
                key={place}
                id={`${id}-${place}`}
                role="row"
                aria-rowindex={place + 2}
                aria-selected={place >= chosen.from && place < chosen.to}
                aria-busy={row === undefined}
                className={mergeClasses(
                  styles.row,
                  row !== undefined && row.code !== 0 && styles.failed,
                  place >= chosen.from && place < chosen.to && styles.chosen,
                  place === current && styles.current,
                )}
                style={{ gridTemplateColumns: template, top: scroll.topOf(place) }}
                onMouseDown={(event) => {
                  // Else the browser would mark the text between.
                  if (event.shiftKey) event.preventDefault();
                }}
                onClick={(event) => onClick(event, place)}
              >
                <Cells row={row} columns={columns} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Cells(props: {
  readonly row: EventRow | undefined;
  readonly columns: EventColumns;
}): ReactNode {
  const { row, columns } = props;
  const styles = useStyles();
  const words = row === undefined ? null : columns.wordsOf(row);
  return columns.columns.map(({ id, numeric, render }) => (
    <div
      key={id}
      role="gridcell"
      className={mergeClasses(
        styles.cell,
        numeric && styles.numeric,
        row === undefined && styles.coming,
      )}
    >
      {row === undefined || words === null ? '·' : render(row, words)}
    </div>
  ));
}
