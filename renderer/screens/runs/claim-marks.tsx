import type { ReactNode } from 'react';
import type { RunSummary } from '#engine/api/views.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { outcomeLook } from '../../kit/marks.tsx';
import { claimTally, claimsWords } from './run-words.ts';

const useStyles = makeStyles({
  marks: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '8px',
    height: '16px',
    verticalAlign: 'middle',
    whiteSpace: 'nowrap',
  },
  mark: { display: 'inline-flex', alignItems: 'center', gap: '3px' },
});

/** The tally of a run's claims where a word each would be too long; the words are there for ears. */
export function ClaimMarks({ claims, basis }: Pick<RunSummary, 'claims' | 'basis'>): ReactNode {
  const styles = useStyles();
  const words = claimsWords(claims);
  if (claims.length === 0) return <span title={words}>–</span>;
  return (
    <span className={styles.marks} title={words}>
      <span className="visually-hidden">{words}</span>
      {claimTally(claims).map(([outcome, found]) => {
        const { icon: Icon, ink } = outcomeLook(outcome, basis);
        return (
          <span key={outcome} className={styles.mark} style={{ color: color(ink) }} aria-hidden>
            <Icon />
            {found}
          </span>
        );
      })}
    </span>
  );
}
