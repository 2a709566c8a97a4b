import type { ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { CheckmarkCircle16Filled, Warning16Filled } from '../../kit/icons.ts';
import type { ExperimentGroup } from './catalogue-groups.ts';
import { ExperimentRow } from './experiment-row.tsx';

const useStyles = makeStyles({
  title: { display: 'inline-flex', alignItems: 'center', gap: '8px' },
  icon: { flexShrink: 0 },
  list: { listStyleType: 'none' },
});

/** Experiments of like risk, a row each. */
export function ExperimentGroupCard(props: {
  readonly group: ExperimentGroup;
  /** The one with the screen's primary button. */
  readonly first: string | undefined;
}): ReactNode {
  const { group, first } = props;
  const styles = useStyles();
  const careful = group.id === 'exhaustive';
  const Icon = careful ? Warning16Filled : CheckmarkCircle16Filled;
  return (
    <Card
      title={
        <span className={styles.title}>
          <Icon
            className={styles.icon}
            style={{ color: color(careful ? 'warn' : 'ok') }}
            aria-hidden
          />
          {group.title}
        </span>
      }
      hint={group.means}
      flush
    >
      <ul className={styles.list}>
        {group.experiments.map((experiment) => (
          <ExperimentRow
            key={experiment.id}
            experiment={experiment}
            primary={experiment.id === first}
          />
        ))}
      </ul>
    </Card>
  );
}
