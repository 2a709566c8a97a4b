import { useRef, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { RunWishInput } from '#engine/api/run-wish.ts';
import type { Preview } from '#engine/api/views.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { count } from '#engine/model/words.ts';
import { useLab } from '../../connection/use-lab.ts';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { Play16Regular } from '../../kit/icons.ts';
import { ErrorBar } from '../../kit/messages.tsx';
import { GateDialog } from './gate-dialog.tsx';

export interface RunBarProps {
  readonly wish: RunWishInput;
  /** Of exactly this wish; null while there is none. */
  readonly preview: Preview | null;
  /** Why there is no preview of it; '' while it is worked out. */
  readonly obstacle: string;
}

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '12px 16px',
    backgroundColor: color('card'),
    border: `1px solid ${color('stroke')}`,
    borderRadius: '6px',
  },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 12px' },
  why: { flex: '1 1 160px', color: color('ink-2') },
});

/** The one primary button, and beside it why it can't be pressed. */
export function RunBar({ wish, preview, obstacle }: RunBarProps): ReactNode {
  const styles = useStyles();
  const { client, hello, activities } = useLab();
  const [, navigate] = useLocation();
  const line = useRef<HTMLDivElement>(null);
  const [asking, setAsking] = useState(false);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<LabError | null>(null);
  const [current] = activities;
  const gate = preview?.gate ?? null;

  const start = async (confirm?: string): Promise<void> => {
    if (client === null) return;
    setAsking(false);
    setStarting(true);
    setError(null);
    try {
      const { run } = await client.call('startRun', {
        wish: { ...wish, ...(confirm !== undefined && { confirm }) },
      });
      navigate(`/live/${encodeURIComponent(run)}`);
    } catch (thrown) {
      setError(LabError.from(thrown));
      setStarting(false);
    }
  };

  const why = whyNot();
  return (
    <div className={styles.bar}>
      {error !== null && <ErrorBar error={error} />}
      <div ref={line} className={styles.line}>
        <Button
          appearance="primary"
          size="large"
          icon={<Play16Regular />}
          disabledFocusable={why !== null || starting}
          aria-describedby="run-why"
          onClick={() => {
            if (gate === null) void start();
            else setAsking(true);
          }}
        >
          {starting ? 'Starting' : gate === null ? 'Run' : 'Run…'}
        </Button>
        <span id="run-why" className={styles.why}>
          {why ?? (preview === null ? '' : summary(preview))}
        </span>
      </div>
      {asking && preview !== null && gate !== null && (
        <GateDialog
          gate={gate}
          preview={preview}
          onConfirm={(typed) => void start(typed)}
          onCancel={() => {
            setAsking(false);
            // Once the dialog is gone: until then nothing behind it takes the focus.
            requestAnimationFrame(() => line.current?.querySelector('button')?.focus());
          }}
        />
      )}
    </div>
  );

  function whyNot(): ReactNode | null {
    if (client === null) return 'There is no connection to the lab service.';
    if (hello?.readOnly === true) {
      return 'This page may only look: open the whole address that portlab serve printed, with its token.';
    }
    if (current !== undefined) {
      return (
        <>
          A run is going on; one at a time.{' '}
          <Link href={`/live/${encodeURIComponent(current.run)}`}>Watch it</Link>
        </>
      );
    }
    if (preview === null) return obstacle === '' ? 'Working out what it takes.' : obstacle;
    if (preview.refusal !== null) return 'It must not start like this; see what to do above.';
    return null;
  }
}

function summary({ plan, gate }: Preview): string {
  if (gate !== null) return 'Asks for this host’s name first.';
  return `About ${count(plan.seconds, 'second')}. Stop releases everything, at any time.`;
}
