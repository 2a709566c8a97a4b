import { useEffect, useState, type ReactNode } from 'react';
import type { HostView } from '#engine/api/views.ts';
import { duration } from '#engine/model/words.ts';
import { color } from '../../kit/colors.ts';
import { relativeTime, utcStamp } from '../../kit/format.ts';
import { Spinner, makeStyles } from '../../kit/fluent.ts';

/** Ages this far are told in minutes, and change as seldom, ms. */
const TICK_MS = 30_000;

const useStyles = makeStyles({
  stamp: { fontSize: '12px', color: color('ink-3') },
});

/** When the machine was read, and how long that took. */
export function ReadStamp(props: {
  readonly view: HostView;
  readonly loading: boolean;
}): ReactNode {
  const { view, loading } = props;
  const styles = useStyles();
  const [now, setNow] = useState(Date.now);

  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) setNow(Date.now());
    };
    look();
    const timer = setInterval(look, TICK_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [view.readAt]);

  if (loading) return <Spinner size="extra-tiny" label="Reading" />;
  return (
    <time dateTime={view.readAt} title={utcStamp(view.readAt)} className={styles.stamp}>
      Read {ageWords(view.readAt, now)}
      {view.tookMs > 0 && ` in ${duration(view.tookMs * 1e6)}`}
    </time>
  );
}

/** Below a minute `just now`: seconds would have to tick. */
function ageWords(readAt: string, now: number): string {
  return now - Date.parse(readAt) < 60_000 ? 'just now' : relativeTime(readAt, now);
}
