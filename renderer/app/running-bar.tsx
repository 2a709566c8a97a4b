import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Activity } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { useLab } from '../connection/use-lab.ts';
import { color } from '../kit/colors.ts';
import { makeStyles } from '../kit/fluent.ts';
import { focusHeading } from '../kit/page-focus.ts';
import { ProvenanceBadge } from '../kit/provenance.tsx';
import { StopButton } from '../kit/stop-button.tsx';
import { useStopRuns } from './stop-runs.tsx';

const useStyles = makeStyles({
  bar: {
    position: 'relative',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    padding: '6px 24px 8px',
    backgroundColor: color('card'),
    borderBottom: `1px solid ${color('stroke')}`,
  },
  title: { fontWeight: 600, '& a': { color: color('accent-text') } },
  words: { color: color('ink-2') },
  figures: { marginLeft: 'auto', color: color('ink-2'), '& strong': { color: color('ink') } },
  track: { position: 'absolute', left: 0, bottom: '-1px', height: '3px' },
  done: {
    height: '100%',
    backgroundColor: color('accent'),
    '@media (forced-colors: active)': { forcedColorAdjust: 'none' },
  },
});

/** What goes on, on every screen but the run's own, with its Stop. */
export function RunningBars(): ReactNode {
  const { activities } = useLab();
  const [location] = useLocation();
  return activities
    .filter(({ run }) => location !== `/live/${run}`)
    .map((activity) => <RunningBar key={activity.run} activity={activity} />);
}

function RunningBar({ activity }: { readonly activity: Activity }): ReactNode {
  const styles = useStyles();
  const { stop, stopping } = useStopRuns();
  const bar = useRef<HTMLElement>(null);
  const { run, title, basis, words, held, freeOnAll, share } = activity;

  useLayoutEffect(() => {
    const element = bar.current;
    return () => {
      // Who had just pressed Stop would else be nowhere.
      if (element?.contains(document.activeElement) === true) queueMicrotask(focusHeading);
    };
  }, []);

  const percent = Math.floor(share * 100);
  return (
    <section ref={bar} className={styles.bar} aria-label={`Run going on: ${title}`}>
      <ProvenanceBadge basis={basis} />
      <span className={styles.title}>
        <Link href={`/live/${encodeURIComponent(run)}`}>{title}</Link>
      </span>
      <span className={styles.words}>{words}</span>
      <span className={styles.figures}>
        <strong>{formatNumber(held)}</strong> held{basis === 'modelled' && ' in the model'}
        {freeOnAll !== null && (
          <>
            , <strong>{formatNumber(freeOnAll)}</strong> free on all
          </>
        )}
        , {percent} %
      </span>
      <StopButton
        onStop={() => stop(run)}
        stopping={stopping.has(run)}
        label={`${title} (Shift+Esc)`}
      />
      <div
        role="progressbar"
        aria-label={`Progress of ${title}`}
        aria-valuenow={percent}
        className={styles.track}
        style={{ width: '100%' }}
      >
        <div className={styles.done} style={{ width: `${share * 100}%` }} />
      </div>
    </section>
  );
}
