import type { ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import { ShieldCheckmark16Regular } from '../../kit/icons.ts';
import { PowerShellBlock } from '../../kit/powershell.tsx';

const useStyles = makeStyles({
  note: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: '6px',
    marginTop: '8px',
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-2'),
    '& > svg': { flexShrink: 0 },
  },
});

/** What would set the host up as planned, for somebody to read and to run, or not. */
export function PowerShellCard({ powershell }: { readonly powershell: string }): ReactNode {
  const styles = useStyles();
  return (
    <Card
      title="PowerShell to review"
      aside={
        <CopyButton size="small" text={() => powershell}>
          Copy
        </CopyButton>
      }
    >
      <PowerShellBlock text={powershell} length="long" />
      <p className={styles.note}>
        <ShieldCheckmark16Regular aria-hidden />
        The lab never runs this and never changes the host.
      </p>
    </Card>
  );
}
