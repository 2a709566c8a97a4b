import type { ReactNode } from 'react';
import { useHost } from '../../connection/use-host.ts';
import { useCall } from '../../connection/use-lab.ts';
import { Spinner } from '../../kit/fluent.ts';
import { Empty, ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ExperimentForm } from './experiment-form.tsx';

const TRAIL = { text: 'Experiments', to: '/experiments' };

/** One experiment to set up: the form, and beside it what it would take. */
export function ExperimentScreen({ id }: { readonly id: string }): ReactNode {
  const catalogue = useCall('experiments', {});
  const profiles = useCall('profiles', {});
  const host = useHost();
  const experiment = catalogue.data?.experiments.find((one) => one.id === id);
  const error =
    catalogue.error ?? profiles.error ?? (host.view === undefined ? host.error : undefined);
  const complete =
    experiment !== undefined && profiles.data !== undefined && host.view !== undefined;
  return (
    <Page
      breadcrumb={[TRAIL, { text: experiment?.title ?? id }]}
      sentence={experiment === undefined ? id : sentenceOf(experiment.title, experiment.safe)}
      title={experiment?.title ?? id}
      detail={experiment?.summary}
    >
      {error !== undefined && <ErrorBar error={error} />}
      {catalogue.data !== undefined && experiment === undefined && (
        <Empty title={`There is no experiment ${id}`}>
          The list of experiments has all there are.
        </Empty>
      )}
      {error === undefined && !complete && experiment !== undefined && (
        <Spinner size="small" label="Reading this host" />
      )}
      {complete && (
        <ExperimentForm
          experiment={experiment}
          host={host.view}
          profiles={profiles.data.profiles}
        />
      )}
    </Page>
  );
}

function sentenceOf(title: string, safe: boolean): string {
  return safe
    ? `${title}: safe on a server in use.`
    : `${title}: takes ports down to the reserve, and no further unless you say so.`;
}
