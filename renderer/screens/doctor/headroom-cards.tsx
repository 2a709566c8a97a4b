import type { ReactNode } from 'react';
import type { DoctorDocument } from '#engine/doctor/doctor-document.ts';
import { BasisBar } from '../../kit/basis-bar.tsx';
import { color, type ColorToken } from '../../kit/colors.ts';
import { makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { headroomOf, type Headroom } from './doctor-words.ts';

const INKS: Readonly<Record<Headroom['level'], ColorToken>> = {
  out: 'error',
  low: 'warn',
  well: 'ok',
  unknown: 'ink-3',
};

const useStyles = makeStyles({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    gap: '12px',
    listStyleType: 'none',
  },
  card: {
    padding: '8px 16px 12px',
    backgroundColor: color('card'),
    border: `1px solid ${color('stroke')}`,
    borderRadius: '6px',
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'baseline',
    gap: '0 8px',
  },
  title: { fontWeight: 600 },
  level: { fontSize: '12px', lineHeight: '16px', fontWeight: 600 },
  figure: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '0 6px' },
  free: { fontSize: '28px', lineHeight: '36px', fontWeight: 600 },
  unknown: { fontSize: '20px' },
  unit: { fontSize: '12px', lineHeight: '16px', color: color('ink-2') },
  track: { height: '8px', marginTop: '2px', backgroundColor: color('track') },
});

/** What option-less applications can still get, pool by pool. */
export function HeadroomCards({ document }: { readonly document: DoctorDocument }): ReactNode {
  const styles = useStyles();
  return (
    <ul className={styles.cards} aria-label="Headroom">
      {document.headroom.map((row) => {
        const headroom = headroomOf(row);
        return <PoolCard key={headroom.pool} headroom={headroom} basis={document.basis} />;
      })}
    </ul>
  );
}

function PoolCard(props: {
  readonly headroom: Headroom;
  readonly basis: DoctorDocument['basis'];
}): ReactNode {
  const { headroom, basis } = props;
  const styles = useStyles();
  const { title, free, of, share, level, words } = headroom;
  const ink = color(INKS[level]);
  return (
    <li
      className={styles.card}
      style={level === 'out' || level === 'low' ? { borderColor: ink } : undefined}
    >
      <div className={styles.line}>
        <span className={styles.title}>{title}</span>{' '}
        <span className={styles.level} style={{ color: ink }}>
          {words}
        </span>
      </div>{' '}
      <p className={styles.figure}>
        <span
          className={mergeClasses(styles.free, share === null && styles.unknown)}
          style={{ color: level === 'well' ? undefined : ink }}
        >
          {free}
        </span>{' '}
        <span className={styles.unit}>{of}</span>
      </p>
      <div className={styles.track} aria-hidden>
        {share !== null && <BasisBar share={share} basis={basis} hue={ink} />}
      </div>
    </li>
  );
}
