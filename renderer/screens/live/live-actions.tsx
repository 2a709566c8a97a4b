import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { Basis } from '#engine/run/run-document.ts';
import { useStopRuns } from '../../app/stop-runs.tsx';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { elapsed } from '../../kit/format.ts';
import { ArrowRight16Regular } from '../../kit/icons.ts';
import { StopButton } from '../../kit/stop-button.tsx';
import type { RunEnd } from './use-live-run.ts';

export interface LiveActionsProps {
  readonly run: string;
  readonly end: RunEnd | null;
  /** ISO 8601; null while unknown. */
  readonly startedAt: string | null;
  readonly durationNs: number | null;
  /** It goes on in this service. */
  readonly here: boolean;
  readonly basis: Basis | null;
}

const TICK_MS = 100;

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '16px' },
  clock: { textAlign: 'right' },
  label: { fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
  time: { fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  elsewhere: { maxWidth: '220px', color: color('ink-2'), fontSize: '12px', lineHeight: '16px' },
  verdict: { minHeight: '52px', minWidth: 'max-content' },
});

/** Top right: how long it goes on, and Stop; when it is over, the way to its verdict. */
export function LiveActions(props: LiveActionsProps): ReactNode {
  const { run, end, here } = props;
  const styles = useStyles();
  const { stop, stopping } = useStopRuns();
  const bar = useRef<HTMLDivElement>(null);
  const over = end !== null;
  const witnessed = end?.witnessed === true;

  useEffect(() => {
    if (!over || !witnessed) return;
    // Who stood on Stop, or nowhere, goes on from here; who reads elsewhere is left alone.
    const at = document.activeElement;
    const idle = at === null || at === document.body || at.tagName === 'H1';
    if (idle || bar.current?.contains(at) === true) bar.current?.querySelector('a')?.focus();
  }, [over, witnessed]);

  return (
    <div ref={bar} className={styles.bar}>
      <Clock {...props} />
      {over ? (
        <Link href={`/runs/${encodeURIComponent(run)}`} asChild>
          <Button
            as="a"
            className={styles.verdict}
            size="large"
            appearance="primary"
            icon={<ArrowRight16Regular />}
            iconPosition="after"
          >
            See the verdict
          </Button>
        </Link>
      ) : here ? (
        <StopButton large onStop={() => stop(run)} stopping={stopping.has(run)} />
      ) : (
        <p className={styles.elsewhere}>
          It goes on in another process of the lab; stop it where it was started.
        </p>
      )}
    </div>
  );
}

function Clock({ end, startedAt, durationNs, basis }: LiveActionsProps): ReactNode {
  const styles = useStyles();
  const [now, setNow] = useState(() => Date.now());
  const running = end === null;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [running]);
  if (startedAt === null) return null;
  // One that was found ended: only its own clock says how long it took.
  const found = end?.witnessed === false;
  const ms = found ? (durationNs ?? 0) / 1e6 : now - Date.parse(startedAt);
  return (
    <div className={styles.clock}>
      <p className={styles.label}>
        {found ? (basis === 'modelled' ? 'Simulated time' : 'Took') : 'Elapsed'}
      </p>
      <p className={styles.time} role="timer" aria-live="off">
        {elapsed(ms)}
      </p>
    </div>
  );
}
