import type { ReactNode } from 'react';
import type { ExperimentView } from '#engine/api/views.ts';
import { useCall } from '../../connection/use-lab.ts';
import { Spinner, makeStyles } from '../../kit/fluent.ts';
import { ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ExperimentCard } from './experiment-card.tsx';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(420px, 100%), 1fr))',
    gap: '12px',
    alignItems: 'stretch',
    listStyleType: 'none',
    maxWidth: '1180px',
    '& > li': { display: 'flex', minWidth: 0 },
  },
});

/** What can be run, the safe way first. */
export function ExperimentsScreen(): ReactNode {
  const styles = useStyles();
  const { data, error } = useCall('experiments', {});
  const experiments = data?.experiments ?? [];
  return (
    <Page
      sentence={answer(experiments)}
      title="Experiments"
      detail={data === undefined ? undefined : 'Nothing runs before you have seen what it takes.'}
    >
      {error !== undefined && <ErrorBar error={error} />}
      {data === undefined && error === undefined && <Spinner size="small" label="Asking the lab" />}
      <ul className={styles.list}>
        {experiments.map((experiment, at) => (
          <li key={experiment.id}>
            <ExperimentCard experiment={experiment} primary={at === firstSafe(experiments)} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

function answer(experiments: readonly ExperimentView[]): string {
  const safe = experiments[firstSafe(experiments)];
  return safe === undefined
    ? 'Experiments'
    : `Begin with ${safe.title}: it is safe on a server in use.`;
}

function firstSafe(experiments: readonly ExperimentView[]): number {
  return experiments.findIndex(({ safe }) => safe);
}
