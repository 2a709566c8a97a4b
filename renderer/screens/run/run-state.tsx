import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { RunDocument } from '#engine/run/run-document.ts';
import { Button } from '../../kit/fluent.ts';
import { Banner } from '../../kit/messages.tsx';
import { UNFINISHED_WORDS } from './run-words.ts';

export interface RunStateProps extends Pick<RunDocument, 'run'> {
  /** Reads the run anew. */
  onRefresh(): void;
}

/** Says of a run that is no complete one what stands, and where it can be watched. */
export function RunState({ run, onRefresh }: RunStateProps): ReactNode {
  if (run.status === 'running') {
    return (
      <Banner
        intent="info"
        title="This run is going on; what is shown here is what was recorded when it was read."
        actions={
          <Button size="small" onClick={onRefresh}>
            Read again
          </Button>
        }
      >
        <Link href={`/live/${run.id}`}>Watch it live</Link>
      </Banner>
    );
  }
  const words = UNFINISHED_WORDS[run.status];
  return words === null ? null : <Banner intent="warning" title={words} />;
}
