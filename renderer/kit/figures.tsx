import type { ReactNode } from 'react';
import { color } from './colors.ts';
import { makeStyles, mergeClasses } from './fluent.ts';

const useStyles = makeStyles({
  value: { fontSize: '28px', lineHeight: '36px', fontWeight: 600, color: color('ink') },
  unit: { fontSize: '14px', lineHeight: '20px', fontWeight: 400, color: color('ink-2') },
  hint: {
    display: 'block',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 600,
    color: color('ink-2'),
  },
  terms: { display: 'flex', flexDirection: 'column', gap: '2px' },
  term: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0 16px',
    justifyContent: 'space-between',
    lineHeight: '20px',
    color: color('ink-2'),
    '& > dd': { color: color('ink'), textAlign: 'right', marginLeft: 'auto' },
  },
});

export interface KeyNumberProps {
  /** Formatted already. */
  readonly value: ReactNode;
  readonly unit?: ReactNode;
  readonly hint?: ReactNode;
}

/** The one figure of a card. */
export function KeyNumber({ value, unit, hint }: KeyNumberProps): ReactNode {
  const styles = useStyles();
  return (
    <p>
      <span className={styles.value}>{value}</span>
      {unit !== undefined && <span className={styles.unit}> {unit}</span>}
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
    </p>
  );
}

/** Rows of `Term`. */
export function Terms(props: {
  readonly children: ReactNode;
  readonly className?: string;
}): ReactNode {
  const styles = useStyles();
  return <dl className={mergeClasses(styles.terms, props.className)}>{props.children}</dl>;
}

/** A label and its figure, far ends of one row. Goes into `Terms`. */
export function Term(props: {
  readonly label: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.term}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
