import type { ReactNode } from 'react';
import type { Basis } from '#engine/run/run-document.ts';
import { color } from './colors.ts';
import { makeStyles, mergeClasses, shorthands } from './fluent.ts';

const WORDS: Readonly<Record<Basis, { badge: string; dense: string; means: string }>> = {
  measured: { badge: 'REAL', dense: 'MEASURED', means: 'measured on Windows' },
  wine: { badge: 'WINE', dense: 'WINE', means: 'real sockets on Wine, no evidence about Windows' },
  modelled: {
    badge: 'SIMULATED',
    dense: 'MODELLED',
    means: 'from the model, no socket was opened',
  },
};

const useStyles = makeStyles({
  badge: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    height: '20px',
    padding: '0 8px',
    borderRadius: '4px',
    border: `1px solid ${color('solid')}`,
    fontSize: '11px',
    lineHeight: '16px',
    fontWeight: 600,
    letterSpacing: '0.04em',
    color: color('ink'),
    backgroundColor: color('card'),
    whiteSpace: 'nowrap',
    flexShrink: 0,
  },
  measured: {
    backgroundColor: color('solid'),
    color: color('on-solid'),
    // Else the browser puts its own field behind the words, and hides them.
    '@media (forced-colors: active)': { forcedColorAdjust: 'none' },
  },
  modelled: {
    ...shorthands.borderStyle('dashed'),
    backgroundImage: `repeating-linear-gradient(135deg, ${color('card')} 0 3px, ${color('track')} 3px 4px)`,
  },
  dense: { height: '18px', padding: '0 6px', border: `1px solid ${color('strong')}`, gap: '5px' },
  denseModelled: { ...shorthands.borderStyle('dashed') },
  dot: { display: 'block', flexShrink: 0 },
});

export interface ProvenanceBadgeProps {
  readonly basis: Basis;
  /** For tables: MEASURED, WINE, MODELLED, outlined all three. */
  readonly dense?: boolean;
  /** They were recorded before: `REAL, REPLAY`. */
  readonly replay?: boolean;
}

/** Where figures come from, told by shape first: filled, outlined or dashed; full, half or hollow dot. */
export function ProvenanceBadge(props: ProvenanceBadgeProps): ReactNode {
  const { basis, dense = false, replay = false } = props;
  const styles = useStyles();
  const words = WORDS[basis];
  const own = dense
    ? mergeClasses(styles.dense, basis === 'modelled' && styles.denseModelled)
    : basis === 'measured'
      ? styles.measured
      : basis === 'modelled' && styles.modelled;
  return (
    <span className={mergeClasses(styles.badge, own)} title={words.means}>
      <Dot basis={basis} className={styles.dot} />
      {dense ? words.dense : words.badge}
      {replay && ', REPLAY'}
    </span>
  );
}

function Dot({
  basis,
  className,
}: {
  readonly basis: Basis;
  readonly className: string;
}): ReactNode {
  return (
    <svg className={className} width="9" height="9" viewBox="0 0 9 9" aria-hidden focusable="false">
      <circle
        cx="4.5"
        cy="4.5"
        r="3.75"
        fill={basis === 'measured' ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.25"
      />
      {basis === 'wine' && <path d="M4.5 0.75 A3.75 3.75 0 0 0 4.5 8.25 Z" fill="currentColor" />}
    </svg>
  );
}
