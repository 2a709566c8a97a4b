import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { RunDocument } from '#engine/run/run-document.ts';
import { isScriptRun } from '#engine/run/run-words.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { Button, makeStyles } from '../../../kit/fluent.ts';
import { ArrowClockwise16Regular } from '../../../kit/icons.ts';

const useStyles = makeStyles({
  command: {
    display: 'block',
    maxHeight: '120px',
    overflowY: 'auto',
    padding: '8px 12px',
    borderRadius: '4px',
    backgroundColor: color('quiet'),
    border: `1px solid ${color('stroke')}`,
    fontFamily: 'Consolas, monospace',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

export function CommandCard({ document }: { readonly document: RunDocument }): ReactNode {
  const styles = useStyles();
  const [, goTo] = useLocation();
  const { command, run } = document;
  return (
    <Card
      title="Command"
      hint="repeats the run with the same seed"
      aside={
        <>
          <CopyButton size="small" text={() => command}>
            Copy command
          </CopyButton>
          {!isScriptRun(run) && (
            <Button
              size="small"
              icon={<ArrowClockwise16Regular />}
              onClick={() => goTo(`/experiments/${encodeURIComponent(run.experiment)}`)}
            >
              Run again
            </Button>
          )}
        </>
      }
    >
      <code className={styles.command} tabIndex={0} role="region" aria-label="Command line">
        {command}
      </code>
    </Card>
  );
}
