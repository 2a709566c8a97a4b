import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ExperimentView } from '#engine/api/views.ts';
import { count } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { Beaker16Regular, CheckmarkCircle16Filled, Warning16Filled } from '../../kit/icons.ts';

const useStyles = makeStyles({
  card: { flexGrow: 1 },
  body: { display: 'flex', flexDirection: 'column', gap: '12px', height: '100%' },
  risk: { display: 'flex', alignItems: 'center', gap: '6px', fontWeight: 600 },
  safe: { color: color('ok') },
  careful: { color: color('warn') },
  summary: { color: color('ink-2') },
  heading: { fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
  claims: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: '4px 12px',
    marginTop: '4px',
    color: color('ink-2'),
    '& dt': { fontWeight: 600, color: color('ink') },
  },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
    marginTop: 'auto',
  },
  needs: { fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
});

/** One experiment: what it shows, what it risks, what it settles. */
export function ExperimentCard(props: {
  readonly experiment: ExperimentView;
  readonly primary: boolean;
}): ReactNode {
  const { experiment, primary } = props;
  const styles = useStyles();
  const { id, title, summary, safe, claims } = experiment;
  const Icon = safe ? CheckmarkCircle16Filled : Warning16Filled;
  return (
    <Card title={title} className={styles.card}>
      <div className={styles.body}>
        <p className={mergeClasses(styles.risk, safe ? styles.safe : styles.careful)}>
          <Icon aria-hidden />
          {safe
            ? 'Safe: never goes below the reserve'
            : 'Down to the reserve; exhaustive only when you say so'}
        </p>
        <p className={styles.summary}>{summary}</p>
        <div>
          <p className={styles.heading}>Claims it settles</p>
          <dl className={styles.claims}>
            {claims.map((claim) => (
              <Claim key={claim.id} {...claim} />
            ))}
          </dl>
        </div>
        <div className={styles.foot}>
          <Link href={`/experiments/${encodeURIComponent(id)}`} asChild>
            <Button
              as="a"
              appearance={primary ? 'primary' : 'secondary'}
              icon={<Beaker16Regular />}
            >
              Set up {title}
            </Button>
          </Link>
          <span className={styles.needs}>{needs(experiment)}</span>
        </div>
      </div>
    </Card>
  );
}

function Claim({ id, says }: ExperimentView['claims'][number]): ReactNode {
  return (
    <>
      <dt>{id}</dt>
      <dd>{says}</dd>
    </>
  );
}

export function needs({ minAddresses, maxAddresses }: ExperimentView): string {
  if (maxAddresses === null) return `${count(minAddresses, 'address')} or more`;
  return minAddresses === maxAddresses
    ? count(minAddresses, 'address')
    : `${minAddresses} to ${count(maxAddresses, 'address')}`;
}
