import type { ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { makeStyles } from '../../kit/fluent.ts';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px' },
  title: { color: color('ink-2') },
  command: {
    display: 'block',
    padding: '8px',
    borderRadius: '4px',
    backgroundColor: color('page'),
    border: `1px solid ${color('stroke')}`,
    fontFamily: 'Consolas, "Cascadia Mono", "DejaVu Sans Mono", monospace',
    fontSize: '12px',
    lineHeight: '18px',
    overflowWrap: 'anywhere',
    // A thousand addresses are a long command.
    maxHeight: '110px',
    overflowY: 'auto',
  },
});

/** The console command that does the same. */
export function CommandLine({ command }: { readonly command: string }): ReactNode {
  const styles = useStyles();
  return (
    <div>
      <div className={styles.head}>
        <span className={styles.title}>The same from the console</span>
        <CopyButton size="small" appearance="subtle" text={() => command}>
          Copy
        </CopyButton>
      </div>
      <code className={styles.command} tabIndex={0} role="group" aria-label="Console command">
        {command}
      </code>
    </div>
  );
}
