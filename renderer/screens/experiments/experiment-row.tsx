import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { ExperimentView } from '#engine/api/views.ts';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { needs } from './catalogue-groups.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '176px minmax(0, 1.1fr) minmax(0, 1fr)',
    gap: '4px 24px',
    padding: '12px 16px',
    borderTop: `1px solid ${color('stroke')}`,
    '@media (max-width: 999px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  what: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '4px' },
  name: { fontSize: '14px', lineHeight: '20px', fontWeight: 600, color: color('ink') },
  needs: { fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
  go: { marginTop: '4px' },
  shows: { color: color('ink-2'), minWidth: 0 },
  price: {
    display: 'grid',
    gridTemplateColumns: '40px minmax(0, 1fr)',
    gap: '4px 8px',
    alignContent: 'start',
    color: color('ink-2'),
    '& dt': { fontSize: '12px', color: color('ink-3') },
  },
  claims: {
    marginTop: '6px',
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-3'),
    '& summary': { cursor: 'pointer', width: 'fit-content' },
    '& strong': { color: color('ink-2') },
    '& dl': {
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      gap: '4px 12px',
      padding: '6px 0 0 14px',
      color: color('ink-2'),
    },
    '& dt': { fontWeight: 600, color: color('ink') },
  },
  none: { marginTop: '6px', fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
});

/** One experiment: what it shows, what it takes and risks, which claims it settles. */
export function ExperimentRow(props: {
  readonly experiment: ExperimentView;
  readonly primary: boolean;
}): ReactNode {
  const { experiment, primary } = props;
  const styles = useStyles();
  const { id, title, summary, costs, risks } = experiment;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <h3 className={styles.name}>{title}</h3>
        <span className={styles.needs}>{needs(experiment)}</span>
        <Link href={`/experiments/${encodeURIComponent(id)}`} asChild>
          <Button
            as="a"
            size="small"
            className={styles.go}
            appearance={primary ? 'primary' : 'secondary'}
          >
            Set up<span className="visually-hidden"> {title}</span>
          </Button>
        </Link>
      </div>
      <div>
        <p className={styles.shows}>{summary}</p>
        <Claims experiment={experiment} />
      </div>
      <dl className={styles.price}>
        <dt>Takes</dt>
        <dd>{costs}</dd>
        <dt>Risks</dt>
        <dd>{risks}</dd>
      </dl>
    </li>
  );
}

/** Their ids at a glance; what each says on request. */
function Claims({ experiment: { claims } }: { readonly experiment: ExperimentView }): ReactNode {
  const styles = useStyles();
  if (claims.length === 0) return <p className={styles.none}>Settles no claim by itself</p>;
  return (
    <details className={styles.claims}>
      <summary>
        Settles <strong>{claims.map(({ id }) => id).join(', ')}</strong>
      </summary>
      <dl>
        {claims.map(({ id, says }) => (
          <Fragment key={id}>
            <dt>{id}</dt>
            <dd>{says}</dd>
          </Fragment>
        ))}
      </dl>
    </details>
  );
}
