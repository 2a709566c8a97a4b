import type { ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { PowerShellBlock } from '../../kit/powershell.tsx';

/** Commands that match the advice, for somebody to read before running them. */
export function ReviewCard({ powershell }: { readonly powershell: string }): ReactNode {
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
      <PowerShellBlock text={powershell} />
    </Card>
  );
}
