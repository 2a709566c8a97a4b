import type { ReactNode, RefObject } from 'react';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { ArrowUndo16Regular, Delete16Regular } from '../../kit/icons.ts';
import { deletedWords, useDeletions } from './deletions.ts';
import { useNow } from './use-now.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    padding: '6px 16px',
    backgroundColor: color('accent-tint'),
    border: `1px solid ${color('accent')}`,
    borderRadius: '6px',
  },
  words: { fontWeight: 600 },
  time: { color: color('ink-2') },
});

const MINUTE = 60_000;

export interface UndoBarProps {
  /** What was last done, for who can't see the list change. */
  readonly said: string;
  readonly bar: RefObject<HTMLDivElement | null>;
  onUndo(): void;
}

/** Stays until it is used, or until the deletion is final. */
export function UndoBar({ said, bar, onUndo }: UndoBarProps): ReactNode {
  const styles = useStyles();
  const steps = useDeletions();
  const now = useNow(10_000);
  const newest = steps.at(-1);
  return (
    <>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {newest !== undefined && (
        <div ref={bar} className={styles.bar} role="group" aria-label="Deleted runs">
          <Delete16Regular aria-hidden />
          <span className={styles.words}>{deletedWords(steps)}</span>
          <Button size="small" icon={<ArrowUndo16Regular />} onClick={onUndo}>
            Undo
          </Button>
          <span className={styles.time}>{timeLeft(newest.until - now)}</span>
        </div>
      )}
    </>
  );
}

function timeLeft(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  return minutes <= 1
    ? 'Possible for less than a minute, or until the lab ends.'
    : `Possible for ${minutes} minutes, or until the lab ends.`;
}
