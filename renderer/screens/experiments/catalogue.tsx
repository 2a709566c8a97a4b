import type { ReactNode } from 'react';
import { useCall } from '../../connection/use-lab.ts';
import { Spinner } from '../../kit/fluent.ts';
import { ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { catalogueSentence, experimentGroups, firstChoice } from './catalogue-groups.ts';
import { ExperimentGroupCard } from './experiment-group.tsx';

/** What can be run, the safe way first. */
export function ExperimentsScreen(): ReactNode {
  const { data, error } = useCall('experiments', {});
  const experiments = data?.experiments ?? [];
  const first = firstChoice(experiments)?.id;
  return (
    <Page
      sentence={catalogueSentence(experiments)}
      title="Experiments"
      detail={data === undefined ? undefined : 'Nothing runs before you have seen what it takes.'}
    >
      {error !== undefined && <ErrorBar error={error} />}
      {data === undefined && error === undefined && <Spinner size="small" label="Asking the lab" />}
      {experimentGroups(experiments).map((group) => (
        <ExperimentGroupCard key={group.id} group={group} first={first} />
      ))}
    </Page>
  );
}
