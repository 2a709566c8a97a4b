import type { ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { count } from '#engine/model/words.ts';
import { color } from '../../../kit/colors.ts';
import { Button, ProgressBar, makeStyles } from '../../../kit/fluent.ts';
import type { ErrorScan } from './use-error-scan.ts';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    padding: '0 16px 8px',
    color: color('ink-2'),
  },
  bar: { width: '160px' },
});

/** How far the search for failed calls is, what it found, and its Stop. */
export function ScanLine({ scan }: { readonly scan: ErrorScan }): ReactNode {
  const styles = useStyles();
  const { seen, rows, running, found } = scan;
  const ended = seen >= rows;
  return (
    <div className={styles.line}>
      {running && (
        <ProgressBar
          className={styles.bar}
          aria-label="Looking for failed calls"
          value={seen / Math.max(1, rows)}
        />
      )}
      <span role={running ? undefined : 'status'}>{scanWords(scan)}</span>
      {running && (
        <Button size="small" onClick={scan.stop}>
          Stop
        </Button>
      )}
      {!running && !ended && !found.isFull && (
        <Button size="small" onClick={scan.start}>
          Go on
        </Button>
      )}
    </div>
  );
}

export function scanWords({ seen, rows, running, found }: ErrorScan): string {
  const calls = `${count(found.length, 'failed call')}${codesWords(found.codes)}`;
  if (seen >= rows) return `${calls} in all ${formatNumber(rows)} rows.`;
  if (found.isFull) {
    return `The first ${calls}: there may be more after row ${formatNumber(seen - 1)}.`;
  }
  const looked = `${formatNumber(seen)} of ${formatNumber(rows)} rows`;
  return running ? `${looked}: ${calls}` : `Stopped after ${looked}: ${calls} until there.`;
}

/** ` (12 WSAENOBUFS (10055), 3 WSAEADDRINUSE (10048))`: the most frequent first. */
function codesWords(codes: ReadonlyMap<number, number>): string {
  if (codes.size === 0) return '';
  const words = [...codes]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(
      ([code, times]) => (codes.size === 1 ? '' : `${formatNumber(times)} × `) + describeCode(code),
    );
  const more = codes.size > 4 ? ' and others' : '';
  return `: ${words.join(', ')}${more}`;
}
