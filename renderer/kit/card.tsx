import { useId, type ReactNode } from 'react';
import { color } from './colors.ts';
import { makeStyles, mergeClasses } from './fluent.ts';

export interface CardProps {
  readonly title: ReactNode;
  /** What the figures are, beside the title. */
  readonly hint?: ReactNode;
  /** At the title's far end: a legend, small buttons. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string;
  /** The content reaches the card's edges, as tables do. */
  readonly flush?: boolean;
}

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    backgroundColor: color('card'),
    border: `1px solid ${color('stroke')}`,
    borderRadius: '6px',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 8px',
    minHeight: '40px',
    padding: '8px 16px 4px',
  },
  title: { fontSize: '14px', lineHeight: '20px', fontWeight: 600, color: color('ink') },
  hint: { fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
  aside: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    marginLeft: 'auto',
    fontSize: '12px',
    color: color('ink-2'),
  },
  body: { minWidth: 0, padding: '4px 16px 16px', flexGrow: 1 },
  flush: { padding: '0 0 4px' },
});

/** A titled surface: outline, no shadow. A region a screen reader can jump to. */
export function Card(props: CardProps): ReactNode {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id} className={mergeClasses(styles.card, props.className)}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {props.title}
        </h2>
        {props.hint !== undefined && <span className={styles.hint}>{props.hint}</span>}
        {props.aside !== undefined && <div className={styles.aside}>{props.aside}</div>}
      </div>
      <div className={mergeClasses(styles.body, props.flush === true && styles.flush)}>
        {props.children}
      </div>
    </section>
  );
}
