import type { ReactNode } from 'react';
import { useDangerStyles } from './danger-style.ts';
import { Button, makeStyles, mergeClasses } from './fluent.ts';
import { Stop16Filled } from './icons.ts';

export interface StopButtonProps {
  onStop(): void;
  readonly stopping: boolean;
  /** With a second line that says what it does. */
  readonly large?: boolean;
  /** Names what is stopped, where several buttons stand on a screen. */
  readonly label?: string;
}

const useStyles = makeStyles({
  large: { minHeight: '52px', padding: '4px 20px 4px 16px', textAlign: 'left' },
  lines: { display: 'flex', flexDirection: 'column', lineHeight: '18px' },
  small: { fontSize: '12px', lineHeight: '16px', fontWeight: 400 },
});

/** The only red button: stops a run and releases what it holds. Always top right. */
export function StopButton({ onStop, stopping, large = false, label }: StopButtonProps): ReactNode {
  const styles = useStyles();
  const danger = useDangerStyles();
  const words = stopping ? 'Stopping' : 'Stop and release';
  return (
    <Button
      className={mergeClasses(danger.danger, large && styles.large)}
      size={large ? 'large' : 'medium'}
      icon={<Stop16Filled />}
      disabledFocusable={stopping}
      aria-label={label === undefined ? undefined : `${words}: ${label}`}
      title={large ? undefined : 'Shift+Esc'}
      aria-keyshortcuts="Shift+Escape"
      onClick={onStop}
    >
      {large ? (
        <span className={styles.lines}>
          <span>{words}</span>
          <span className={styles.small}>Shift+Esc</span>
        </span>
      ) : (
        words
      )}
    </Button>
  );
}
