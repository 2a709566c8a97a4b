import type { ReactNode } from 'react';
import { color } from './colors.ts';
import { makeStyles, mergeClasses } from './fluent.ts';

const useStyles = makeStyles({
  block: {
    padding: '8px 12px',
    borderRadius: '4px',
    backgroundColor: color('page'),
    border: `1px solid ${color('stroke')}`,
    fontFamily: 'Consolas, "Cascadia Mono", "DejaVu Sans Mono", monospace',
    fontSize: '12px',
    lineHeight: '18px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    overflowY: 'auto',
  },
  short: { maxHeight: '260px' },
  long: { maxHeight: '420px' },
  note: { color: color('ink-3') },
});

/** Commands for somebody to read before running them: the lab never does. */
export function PowerShellBlock(props: {
  readonly text: string;
  /** Before it scrolls. */
  readonly length?: 'short' | 'long';
}): ReactNode {
  const { text, length = 'short' } = props;
  const styles = useStyles();
  return (
    <div
      className={mergeClasses(styles.block, styles[length])}
      tabIndex={0}
      role="group"
      aria-label="PowerShell to review"
    >
      {text.split('\n').map((line, at) => (
        <div key={at} className={line.startsWith('#') ? styles.note : undefined}>
          {line}
        </div>
      ))}
    </div>
  );
}
