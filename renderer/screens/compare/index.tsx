import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { count } from '#engine/model/words.ts';
import { useCall, useServiceEvent, useShellMessage } from '../../connection/use-lab.ts';
import { Card } from '../../kit/card.tsx';
import { Button, Spinner } from '../../kit/fluent.ts';
import { Empty, ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ComparePage } from './compare-page.tsx';
import { faultOf, idsIn } from './compare-words.ts';

/** Recorded runs side by side. @param path their ids between commas, the first to compare with */
export function CompareScreen({ path }: { readonly path: string }): ReactNode {
  const ids = idsIn(path);
  const fault = faultOf(ids);
  const { data, error, reload } = useCall('compare', fault === null ? { runs: [...ids] } : null);
  useServiceEvent('ended', ({ run }) => {
    if (ids.includes(run)) reload();
  });
  useShellMessage((message) => {
    if (message.shell === 'command' && message.command === 'refresh') reload();
  });

  if (data !== undefined) return <ComparePage view={data} />;
  const breadcrumb = [{ text: 'Runs', to: '/runs' }, { text: 'Comparison' }];
  if (fault !== null || error?.kind === 'usage') {
    return (
      <Page breadcrumb={breadcrumb} sentence="These runs can’t be compared">
        <NothingToCompare title={fault ?? `${error?.message ?? ''}.`} />
      </Page>
    );
  }
  return (
    <Page
      breadcrumb={breadcrumb}
      sentence={
        error === undefined
          ? `Comparing ${count(ids.length, 'run')}`
          : 'The comparison can’t be shown'
      }
    >
      {error === undefined ? (
        <Spinner size="small" label="Reading what was recorded" />
      ) : (
        <ErrorBar error={error} actions={<Button onClick={reload}>Try again</Button>} />
      )}
    </Page>
  );
}

function NothingToCompare({ title }: { readonly title: string }): ReactNode {
  const [, goTo] = useLocation();
  return (
    <Card title="Nothing to compare">
      <Empty title={title.slice(0, 1).toUpperCase() + title.slice(1)}>
        <p>
          Choose two to eight recorded runs, and Compare. A run that is not there may have been
          deleted, or be in another lab: there it can be exported as a .labrun.
        </p>
        <Button onClick={() => goTo('/runs')}>Show the recorded runs</Button>
      </Empty>
    </Card>
  );
}
