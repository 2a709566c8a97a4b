import type { ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';

export interface ReserveGaugeProps {
  /** What is measured, for who can't see the bar. */
  readonly label: string;
  /** Numbers a full bar stands for. */
  readonly total: number;
  readonly left: number;
  /** Null where none is kept. */
  readonly reserve: number | null;
  /** After the reserve's number, where there is something to say of it: `80 %`. */
  readonly note?: string;
}

const HEIGHT = 16;

const useStyles = makeStyles({
  bar: { display: 'block', width: '100%', height: `${HEIGHT + 6}px`, overflow: 'visible' },
  legend: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '12px',
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-3'),
  },
  mark: { color: color('warn') },
});

/** How many numbers are left, and the reserve as a mark across the bar. */
export function ReserveGauge(props: ReserveGaugeProps): ReactNode {
  const { label, total, left, reserve, note } = props;
  const styles = useStyles();
  const share = (value: number): string =>
    `${total === 0 ? 0 : Math.min(100, Math.max(0, (value / total) * 100))}%`;
  const below = reserve !== null && left < reserve;
  const reserveWords =
    reserve === null
      ? 'no reserve'
      : `reserve ${formatNumber(reserve)}${note === undefined ? '' : ` (${note})`}`;
  return (
    <div>
      <svg
        className={styles.bar}
        role="img"
        aria-label={`${label}: ${formatNumber(left)} of ${formatNumber(total)}, ${reserveWords}`}
      >
        <rect
          x="0.5"
          y="3.5"
          width="100%"
          height={HEIGHT - 1}
          rx="2"
          fill={color('track')}
          stroke={color('strong')}
          style={{ width: 'calc(100% - 1px)' }}
        />
        <rect
          x="0"
          y="3"
          width={share(left)}
          height={HEIGHT}
          rx="2"
          fill={below ? color('warn') : color('ok-fill')}
        />
        {reserve !== null && (
          <svg x={share(reserve)} overflow="visible">
            <rect x="-2.5" y="0" width="5" height={HEIGHT + 6} fill={color('card')} />
            <rect x="-1" y="0" width="2.5" height={HEIGHT + 6} fill={color('warn')} />
          </svg>
        )}
      </svg>
      <div className={styles.legend} aria-hidden>
        <span className={styles.mark}>{reserveWords}</span>
        <span>{formatNumber(total)}</span>
      </div>
    </div>
  );
}
