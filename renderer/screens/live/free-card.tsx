import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Activity } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { KeyNumber, Term, Terms } from '../../kit/figures.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import type { ArmView } from './arms.ts';
import { secondsToReserve } from './live-words.ts';
import { ReserveGauge } from './reserve-gauge.tsx';

export interface FreeCardProps {
  readonly activity: Activity | null;
  readonly arms: readonly ArmView[];
  /** Numbers of the dynamic range; null where it is unknown. */
  readonly range: number | null;
  readonly reserve: number | null;
  readonly exhaustive: boolean;
  readonly ended: boolean;
}

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '8px' },
  note: { color: color('warn'), fontWeight: 600 },
  quiet: { color: color('ink-2') },
  terms: { borderTop: `1px solid ${color('stroke')}`, paddingTop: '8px' },
});

/** What option-less applications can still get, against what was promised to stay. */
export function FreeCard(props: FreeCardProps): ReactNode {
  const { activity, arms, range, reserve, exhaustive, ended } = props;
  const styles = useStyles();
  const seconds = useSecondsToReserve(activity);
  const free = ended ? null : (activity?.freeOnAll ?? null);
  const worst = Math.max(0, ...arms.map(({ live }) => live?.peakUnion ?? 0));
  return (
    <Card title="Free on all addresses">
      <div className={styles.body}>
        {ended ? (
          <p className={styles.quiet}>Everything is released.</p>
        ) : (
          <KeyNumber
            value={free === null ? 'unknown' : formatNumber(free)}
            {...(free !== null &&
              range !== null && { unit: `of ${formatNumber(range)} in the range` })}
          />
        )}
        {!ended && activity !== null && free === null && (
          <p className={styles.quiet}>The dynamic range of this host could not be read.</p>
        )}
        {free !== null && range !== null && (
          <ReserveGauge
            label="Free on all addresses"
            total={range}
            left={free}
            reserve={reserve}
            {...(reserve !== null &&
              range > 0 && { note: `${Math.round((reserve / range) * 100)} %` })}
          />
        )}
        {seconds !== null && (
          <p className={styles.note}>
            {exhaustive
              ? `Below the reserve in about ${formatNumber(seconds, 1)} s.`
              : `Reserve in about ${formatNumber(seconds, 1)} s. The arm ends there.`}
          </p>
        )}
        <Terms className={styles.terms}>
          <Term label="Most taken at once">{formatNumber(worst)}</Term>
          <Term label="Reserve">
            {exhaustive
              ? 'not kept: exhaustive'
              : reserve === null
                ? 'none can be kept'
                : formatNumber(reserve)}
          </Term>
        </Terms>
      </div>
    </Card>
  );
}

/** Readings an extrapolation rests on. */
const READINGS = 12;

function useSecondsToReserve(activity: Activity | null): number | null {
  const readings = useRef<{ atMs: number; free: number }[]>([]);
  const [seconds, setSeconds] = useState<number | null>(null);
  const free = activity?.freeOnAll ?? null;
  useEffect(() => {
    const reserve = activity?.reserve ?? null;
    if (free === null || reserve === null || activity?.stopping === true) {
      readings.current = [];
      setSeconds(null);
      return;
    }
    const last = readings.current.at(-1);
    // It rises when an arm lets go: what was before says nothing of what comes.
    if (last !== undefined && free > last.free) readings.current = [];
    readings.current = [...readings.current, { atMs: performance.now(), free }].slice(-READINGS);
    setSeconds(secondsToReserve(readings.current, reserve));
  }, [activity, free]);
  return seconds;
}
