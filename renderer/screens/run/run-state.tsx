import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { RunDocument } from '#engine/run/run-document.ts';
import { Banner } from '../../kit/messages.tsx';
import { UNFINISHED_WORDS } from './run-words.ts';

/** Says of a run that is no complete one what stands, and where it can be watched. */
export function RunState({ run }: Pick<RunDocument, 'run'>): ReactNode {
  if (run.status === 'running') {
    return (
      <Banner intent="info" title="This run is going on; what is shown here is as of now.">
        <Link href={`/live/${run.id}`}>Watch it live</Link>
      </Banner>
    );
  }
  const words = UNFINISHED_WORDS[run.status];
  return words === null ? null : <Banner intent="warning" title={words} />;
}
