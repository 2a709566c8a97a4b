import type { ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { count } from '#engine/model/words.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles, mergeClasses, shorthands } from '../../kit/fluent.ts';
import { StrategyLetter } from '../../kit/marks.tsx';
import type { ArmView } from './arms.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexWrap: 'wrap', gap: '8px', listStyleType: 'none' },
  arm: {
    position: 'relative',
    flex: '1 1 220px',
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    columnGap: '10px',
    alignItems: 'center',
    padding: '8px 12px 10px',
    backgroundColor: color('card'),
    border: `1px solid ${color('stroke')}`,
    borderRadius: '6px',
    overflow: 'hidden',
  },
  running: {
    flexGrow: 1.6,
    backgroundColor: color('accent-tint'),
    border: `1px solid ${color('accent')}`,
  },
  next: { ...shorthands.borderStyle('dashed') },
  name: { fontWeight: 600 },
  words: { fontSize: '12px', lineHeight: '16px', color: color('ink-2') },
  figures: { textAlign: 'right', fontSize: '12px', lineHeight: '16px', color: color('ink-2') },
  bound: { fontSize: '14px', lineHeight: '20px', fontWeight: 600, color: color('ink') },
  track: { position: 'absolute', left: 0, bottom: 0, height: '3px' },
  done: {
    height: '100%',
    backgroundColor: color('accent'),
    '@media (forced-colors: active)': { forcedColorAdjust: 'none' },
  },
});

/** @param share of the whole run, 0 to 1; null where nobody says */
export function ArmCards(props: {
  readonly arms: readonly ArmView[];
  readonly share: number | null;
}): ReactNode {
  const { arms, share } = props;
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Arms">
      {arms.map((arm) => (
        <ArmCard
          key={arm.index}
          arm={arm}
          share={
            share === null ? null : Math.min(1, Math.max(0, share * arms.length - arm.index + 1))
          }
        />
      ))}
    </ul>
  );
}

function ArmCard(props: { readonly arm: ArmView; readonly share: number | null }): ReactNode {
  const { arm, share } = props;
  const { name, short, strategy, state, words, live } = arm;
  const styles = useStyles();
  const current = state === 'running' || state === 'releasing';
  return (
    <li
      className={mergeClasses(
        styles.arm,
        current && styles.running,
        state === 'next' && styles.next,
      )}
      aria-current={current ? 'step' : undefined}
    >
      <StrategyLetter strategy={strategy ?? 'others'} text={short} />
      <div>
        <p className={styles.name}>{name}</p>
        <p className={styles.words}>{words}</p>
      </div>
      {live === null ? (
        <span aria-hidden>–</span>
      ) : (
        <div className={styles.figures}>
          <p>
            <span className={styles.bound}>{formatNumber(live.bound)}</span> bound
          </p>
          <p>{count(live.overlap, 'number')} repeated</p>
        </div>
      )}
      {state === 'running' && share !== null && (
        <div
          className={styles.track}
          style={{ width: '100%' }}
          role="progressbar"
          aria-label={`${name}, how far`}
          aria-valuenow={Math.floor(share * 100)}
        >
          <div className={styles.done} style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </li>
  );
}
