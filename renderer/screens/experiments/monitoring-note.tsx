import type { ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { makeStyles } from '../../kit/fluent.ts';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px' },
  title: { color: color('ink-2') },
  text: {
    padding: '8px',
    borderRadius: '4px',
    backgroundColor: color('page'),
    border: `1px solid ${color('stroke')}`,
    whiteSpace: 'pre-line',
    overflowWrap: 'anywhere',
  },
});

/** What to send to those who watch this host, before its ports are exhausted. */
export function MonitoringNote({ text }: { readonly text: string }): ReactNode {
  const styles = useStyles();
  return (
    <div>
      <div className={styles.head}>
        <span className={styles.title}>For your monitoring team, before you start</span>
        <CopyButton size="small" appearance="subtle" text={() => text}>
          Copy text
        </CopyButton>
      </div>
      <p className={styles.text}>{text}</p>
    </div>
  );
}
