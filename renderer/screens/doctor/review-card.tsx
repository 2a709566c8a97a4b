import type { ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { makeStyles } from '../../kit/fluent.ts';

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
    maxHeight: '260px',
    overflowY: 'auto',
  },
  note: { color: color('ink-3') },
});

/** Commands that match the advice, for somebody to read before running them. */
export function ReviewCard({ powershell }: { readonly powershell: string }): ReactNode {
  const styles = useStyles();
  if (powershell === '') return null;
  return (
    <Card
      title="PowerShell to review"
      hint="it only reads"
      aside={
        <CopyButton size="small" text={() => powershell}>
          Copy
        </CopyButton>
      }
    >
      <div className={styles.block} tabIndex={0} role="group" aria-label="PowerShell to review">
        {powershell.split('\n').map((line, at) => (
          <div key={at} className={line.startsWith('#') ? styles.note : undefined}>
            {line}
          </div>
        ))}
      </div>
    </Card>
  );
}
