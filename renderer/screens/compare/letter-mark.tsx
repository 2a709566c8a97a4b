import type { ReactNode } from 'react';
import { runLetter } from '#engine/chart/run-letter.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    flexShrink: 0,
    width: '18px',
    height: '18px',
    borderRadius: '50%',
    border: `1px solid ${color('ink')}`,
    backgroundColor: color('card'),
    color: color('ink'),
    fontSize: '11px',
    lineHeight: '16px',
    fontWeight: 600,
  },
});

/** What a run is called here, as on the lines of charts. */
export function LetterMark({ at }: { readonly at: number }): ReactNode {
  const styles = useStyles();
  return (
    <>
      <span className="visually-hidden">Run </span>
      <span className={styles.mark}>{runLetter(at)}</span>
    </>
  );
}
