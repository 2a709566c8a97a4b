import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useCall, useServiceEvent, useShellMessage } from '../../connection/use-lab.ts';
import { Card } from '../../kit/card.tsx';
import { Button, Spinner } from '../../kit/fluent.ts';
import { Empty, ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { RunPage } from './run-page.tsx';

/** One run, by its id. */
export function RunScreen({ id }: { readonly id: string }): ReactNode {
  const { data, error, reload } = useCall('run', { run: id });
  useServiceEvent('ended', ({ run }) => {
    if (run === id) reload();
  });
  useShellMessage((message) => {
    if (message.shell === 'command' && message.command === 'refresh') reload();
  });

  if (data !== undefined) return <RunPage view={data} onRefresh={reload} />;
  const breadcrumb = [{ text: 'Runs', to: '/runs' }, { text: id }];
  if (error?.kind === 'usage') {
    return (
      <Page breadcrumb={breadcrumb} sentence="There is no such run in this lab">
        <UnknownRun id={id} />
      </Page>
    );
  }
  return (
    <Page
      breadcrumb={breadcrumb}
      sentence={error === undefined ? `Run ${id}` : 'The run can’t be shown'}
    >
      {error === undefined ? (
        <Spinner size="small" label="Reading what was recorded" />
      ) : (
        <ErrorBar error={error} actions={<Button onClick={reload}>Try again</Button>} />
      )}
    </Page>
  );
}

function UnknownRun({ id }: { readonly id: string }): ReactNode {
  const [, goTo] = useLocation();
  return (
    <Card title="Unknown run">
      <Empty title={`Nothing is recorded as ${id}.`}>
        <p>
          It may have been deleted, or be in another lab: there it can be exported as a .labrun.
        </p>
        <Button onClick={() => goTo('/runs')}>Show the recorded runs</Button>
      </Empty>
    </Card>
  );
}
