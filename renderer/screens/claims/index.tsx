import type { ReactNode } from 'react';
import { useCall, useLab, useServiceEvent, useShellMessage } from '../../connection/use-lab.ts';
import { Card } from '../../kit/card.tsx';
import { Spinner } from '../../kit/fluent.ts';
import { ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ClaimsTable } from './claims-table.tsx';
import { claimsSentence } from './claims-words.ts';

/** What Microsoft documents about the option, claim by claim, and how each came out on every host. */
export function ClaimsScreen(): ReactNode {
  const { activities } = useLab();
  const { data, error, reload } = useCall('claims', {}, [activities.length]);
  useServiceEvent('runsChanged', reload);
  useShellMessage((message) => {
    if (message.shell === 'command' && message.command === 'refresh') reload();
  });
  return (
    <Page
      sentence={data === undefined ? 'Documented claims' : claimsSentence(data.claims)}
      title="Claims"
      detail="Only what was measured on Windows counts; Wine and models stand beside it, and are never merged with it."
    >
      {error !== undefined && <ErrorBar error={error} />}
      {data === undefined && error === undefined && (
        <Spinner size="small" label="Asking the recorded runs" />
      )}
      {data !== undefined && (
        <Card title="Claims" hint="confirmed against refuted is inconclusive" flush>
          <ClaimsTable claims={data.claims} />
        </Card>
      )}
    </Page>
  );
}
