import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import type { RunView } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { count } from '#engine/model/words.ts';
import { Card } from '../../../kit/card.tsx';
import { copyText } from '../../../kit/copy-text.ts';
import { Button, makeStyles } from '../../../kit/fluent.ts';
import { Empty, ErrorBar } from '../../../kit/messages.tsx';
import { useMedia } from '../../../kit/use-media.ts';
import { useRestHeight } from '../use-rest-height.ts';
import { eventColumns } from '../../../events/event-columns.tsx';
import { EventGrid } from '../../../events/event-grid.tsx';
import type { EventRow } from '../../../events/event-row.ts';
import { EventsBar } from './events-bar.tsx';
import { rangeOf, type GridSelection } from '../../../events/grid-selection.ts';
import { ScanLine } from './scan-line.tsx';
import { MOST_COPIED, toTsv } from './tsv.ts';
import { useChunks } from './use-chunks.ts';
import { useErrorScan } from './use-error-scan.ts';

const useStyles = makeStyles({
  place: { display: 'flex', flexDirection: 'column', minHeight: 0 },
});

/** Every recorded row of the run, or those of calls that failed. */
export function EventsTab({ view }: { readonly view: RunView }): ReactNode {
  const styles = useStyles();
  const { document, rows, addresses } = view;
  const place = useRef<HTMLDivElement>(null);
  const height = useRestHeight(place, 320);
  const wide = useMedia('(min-width: 1200px)');
  const columns = useMemo(
    () => eventColumns(document, addresses, wide),
    [document, addresses, wide],
  );
  const chunks = useChunks(document.run.id, rows);
  const scan = useErrorScan(document.run.id, rows);
  const [failedOnly, setFailedOnly] = useState(false);
  const [selection, setSelection] = useState<GridSelection | null>(null);
  const [goTo, setGoTo] = useState<{ place: number } | null>(null);
  const [said, setSaid] = useState('');

  const chosen = selection === null ? { from: 0, to: 0 } : rangeOf(selection);
  const rowCount = failedOnly ? scan.found.length : rows;
  const rowAt = (at: number): EventRow | undefined =>
    failedOnly ? scan.found.get(at) : chunks.get(at);
  const onRange = useCallback(
    (from: number, to: number) => {
      if (!failedOnly) chunks.want(from, to);
    },
    [failedOnly, chunks],
  );

  function select(next: GridSelection | null): void {
    setSelection(next);
    setSaid('');
  }

  function showFailed(only: boolean): void {
    setFailedOnly(only);
    select(null);
    setGoTo(null);
    if (only && scan.seen < rows) scan.start();
    if (!only) scan.stop();
  }

  /** Where only failed calls are listed, the first one from there on. */
  function go(row: number): void {
    const at = failedOnly ? Math.min(scan.found.placeOf(row), rowCount - 1) : row;
    if (at < 0) return;
    select({ anchor: at, current: at });
    setGoTo({ place: at });
  }

  function showInContext(): void {
    const row = selection === null ? undefined : scan.found.get(selection.current);
    if (row === undefined) return;
    showFailed(false);
    setSelection({ anchor: row.seq, current: row.seq });
    setGoTo({ place: row.seq });
  }

  async function copy(): Promise<void> {
    const { from, to } = chosen;
    if (to === from || to - from > MOST_COPIED) return;
    try {
      const copied = failedOnly
        ? Array.from({ length: to - from }, (_, at) => scan.found.get(from + at)).filter(
            (row) => row !== undefined,
          )
        : await chunks.read(from, to);
      const done = await copyText(toTsv(copied, addresses));
      setSaid(done ? `${count(copied.length, 'row')} copied.` : 'Not copied.');
    } catch (thrown) {
      setSaid(`Not copied: ${LabError.from(thrown).message}.`);
    }
  }

  const error = failedOnly ? scan.error : chunks.error;
  return (
    <Card title="Events" hint={rowsWords(document.run.eventCount, rows)} flush>
      {rows === 0 ? (
        <Empty title="Nothing was recorded." />
      ) : (
        <div ref={place} className={styles.place} style={{ height }}>
          <EventsBar
            rows={rows}
            failedOnly={failedOnly}
            onFailedOnly={showFailed}
            onGo={go}
            chosen={chosen.to - chosen.from}
            onCopy={() => void copy()}
            said={said}
            onContext={failedOnly && selection !== null ? showInContext : null}
          />
          {failedOnly && <ScanLine scan={scan} />}
          {error !== null && (
            <ErrorBar
              error={error}
              actions={
                <Button
                  onClick={() =>
                    failedOnly ? scan.start() : chunks.want(chosen.from, chosen.from + 1)
                  }
                >
                  Try again
                </Button>
              }
            />
          )}
          {failedOnly && rowCount === 0 ? (
            <Empty
              title={
                scan.running
                  ? 'No failed call so far.'
                  : `No call failed in ${formatNumber(scan.seen)} rows.`
              }
            />
          ) : (
            <EventGrid
              key={failedOnly ? 'failed' : 'all'}
              label={failedOnly ? 'Failed calls' : 'Recorded calls'}
              rowCount={rowCount}
              columns={columns}
              rowAt={rowAt}
              onRange={onRange}
              selection={selection}
              onSelect={select}
              onCopy={() => void copy()}
              goTo={goTo}
            />
          )}
        </div>
      )}
    </Card>
  );
}

/** A fill or release row stands for many calls. */
function rowsWords(calls: number, rows: number): string {
  return calls === rows ? count(calls, 'call') : `${count(calls, 'call')} in ${count(rows, 'row')}`;
}
