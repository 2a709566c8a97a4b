import { useMemo, type KeyboardEvent, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { thousands } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles, mergeClasses, useId } from '../../kit/fluent.ts';
import { TableFrame } from '../../kit/table-frame.tsx';
import { replayColumns } from './replay-columns.tsx';
import { AROUND } from './replay-frame.ts';
import { EVENTS_TURN } from './paced-states.ts';
import type { ReplayStore } from './replay-store.ts';
import { useReplay } from './use-replay.ts';

const ROW_PX = 26;
const SHOWN = 2 * AROUND + 1;

const useStyles = makeStyles({
  grid: { minWidth: '560px', ':focus-visible': { outlineOffset: '-2px' } },
  head: {
    display: 'grid',
    height: '27px',
    borderBottom: `1px solid ${color('stroke')}`,
    fontSize: '12px',
    lineHeight: '26px',
    fontWeight: 600,
    color: color('ink-2'),
  },
  row: {
    display: 'grid',
    height: `${ROW_PX}px`,
    lineHeight: `${ROW_PX - 1}px`,
    borderBottom: `1px solid ${color('stroke')}`,
    cursor: 'pointer',
  },
  failed: { backgroundColor: color('error-tint') },
  current: {
    backgroundColor: color('accent-tint'),
    outline: `2px solid ${color('accent-text')}`,
    outlineOffset: '-2px',
  },
  cell: {
    padding: '0 8px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    // Its track gives the size: new words lay out nothing but themselves.
    contain: 'strict',
  },
  numeric: { textAlign: 'right' },
});

/** The events around the instant, its own in the middle, and how the model answered them. */
export function AroundCard(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const styles = useStyles();
  const id = useId('event');
  const frame = useReplay(store, (state) => state.frame, EVENTS_TURN);
  const rows = useReplay(store, (state) => state.overview?.rows ?? 0, EVENTS_TURN);
  const modelFrame = useReplay(store, (state) => state.modelFrame, EVENTS_TURN);
  const seq = frame?.seq ?? -1;
  const answers = useMemo(
    () => new Map(modelFrame?.answers.map((answer) => [answer.seq, answer] as const)),
    [modelFrame],
  );
  const { columns, wordsOf } = useMemo(
    () => replayColumns(recording, (at) => answers.get(at)),
    [recording, answers],
  );
  const template = columns.map(({ track }) => track).join(' ');
  const numericCell = mergeClasses(styles.cell, styles.numeric);
  const around = frame?.around ?? [];

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => store.step(1),
      ArrowUp: () => store.step(-1),
      PageDown: () => store.step(SHOWN - 1),
      PageUp: () => store.step(1 - SHOWN),
      Home: () => store.seek({ seq: 0 }),
      End: () => store.toEnd(),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  return (
    <Card title="Events" hint={`around event ${thousands(seq + 1)}; a click goes there`} flush>
      <TableFrame label="Events around the instant">
        <div
          role="grid"
          aria-label="Events around the instant"
          aria-rowcount={rows + 1}
          aria-activedescendant={seq < 0 ? undefined : `${id}-${seq}`}
          tabIndex={0}
          className={styles.grid}
          onKeyDown={onKeyDown}
        >
          <div role="rowgroup">
            <div
              role="row"
              aria-rowindex={1}
              className={styles.head}
              style={{ gridTemplateColumns: template }}
            >
              {columns.map(({ id: column, header, numeric }) => (
                <div
                  key={column}
                  role="columnheader"
                  className={numeric ? numericCell : styles.cell}
                >
                  {header}
                </div>
              ))}
            </div>
          </div>
          <div role="rowgroup">
            {around.map((row, place) => {
              const words = wordsOf(row);
              return (
                // By place: another instant changes words, and makes no new rows.
                <div
                  key={place}
                  id={`${id}-${row.seq}`}
                  role="row"
                  aria-rowindex={row.seq + 2}
                  aria-selected={row.seq === seq}
                  className={mergeClasses(
                    styles.row,
                    row.code !== 0 && styles.failed,
                    row.seq === seq && styles.current,
                  )}
                  style={{ gridTemplateColumns: template }}
                  onClick={() => store.seek({ seq: row.seq })}
                >
                  {columns.map(({ id: column, numeric, render }) => (
                    <div
                      key={column}
                      role="gridcell"
                      className={numeric ? numericCell : styles.cell}
                    >
                      {render(row, words)}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      </TableFrame>
    </Card>
  );
}
