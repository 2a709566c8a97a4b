import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useClient } from '../../connection/use-lab.ts';
import { Card } from '../../kit/card.tsx';
import { Button, Spinner } from '../../kit/fluent.ts';
import { Empty, ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ReplayScreen } from './replay-screen.tsx';
import { useReplay, useReplayStore } from './use-replay.ts';

/** A recorded run, played again. */
export function ReplayOfRun({ run }: { readonly run: string }): ReactNode {
  const store = useReplayStore(run);
  const client = useClient();
  const recording = useReplay(store, (state) => state.recording);
  const missing = useReplay(store, (state) => state.missing);
  const error = useReplay(store, (state) => state.error);
  const drawn = useReplay(store, (state) => state.frame !== null);
  const [, goTo] = useLocation();
  // With the first instant at once: drawn empty before, the screen would keep that waiting.
  if (recording !== null && (drawn || error !== null)) {
    return <ReplayScreen store={store} recording={recording} />;
  }
  const breadcrumb = [{ text: 'Runs', to: '/runs' }, { text: run }, { text: 'Replay' }];
  if (missing) {
    return (
      <Page breadcrumb={breadcrumb} sentence="There is no such run in this lab">
        <Card title="Unknown run">
          <Empty title={`Nothing is recorded as ${run}.`}>
            <p>
              It may have been deleted, or be in another lab: there it can be exported as a .labrun.
            </p>
            <Button onClick={() => goTo('/runs')}>Show the recorded runs</Button>
          </Empty>
        </Card>
      </Page>
    );
  }
  return (
    <Page
      breadcrumb={breadcrumb}
      sentence={error === null ? 'Reading the recording' : 'The recording can’t be read'}
    >
      {error === null ? (
        <Spinner size="small" label="Reading what was recorded" />
      ) : (
        <ErrorBar
          error={error}
          actions={<Button onClick={() => client !== null && store.open(client)}>Try again</Button>}
        />
      )}
    </Page>
  );
}
