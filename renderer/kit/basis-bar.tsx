import type { CSSProperties, ReactNode } from 'react';
import type { Basis } from '#engine/run/run-document.ts';
import { color } from './colors.ts';
import { makeStyles, mergeClasses } from './fluent.ts';

const HUE = 'var(--bar-hue)';

const useStyles = makeStyles({
  bar: { height: '100%', minWidth: '2px', border: `1px solid ${HUE}`, forcedColorAdjust: 'none' },
  measured: { backgroundColor: HUE },
  wine: {
    backgroundColor: color('card'),
    backgroundImage: `radial-gradient(circle, ${HUE} 1px, transparent 1.4px)`,
    backgroundSize: '5px 5px',
  },
  modelled: {
    border: `1px dashed ${HUE}`,
    backgroundColor: color('card'),
    backgroundImage: `repeating-linear-gradient(135deg, ${HUE} 0 1px, transparent 1px 5px)`,
  },
});

/**
 * A bar on a track of the caller's: filled is measured, dotted is Wine, hatched is modelled.
 * @param share of the track, 0 to 1
 * @param hue a CSS colour
 */
export function BasisBar(props: {
  readonly share: number;
  readonly basis: Basis;
  readonly hue: string;
}): ReactNode {
  const { share, basis, hue } = props;
  const styles = useStyles();
  const width = `${(share * 100).toFixed(2)}%`;
  return (
    <div
      className={mergeClasses(styles.bar, styles[basis])}
      style={{ width, '--bar-hue': hue } as CSSProperties}
    />
  );
}
