import type { ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { CheckmarkCircle16Regular, Warning16Filled } from '../../kit/icons.ts';
import type { CheckWords } from './check-words.ts';

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  warn: { color: color('warn') },
});

/** Whether the plan holds when it is carried out on the model. */
export function CheckMark({
  check,
}: {
  /** Null: there is nothing to check; undefined: it goes on. */
  readonly check: CheckWords | null | undefined;
}): ReactNode {
  const styles = useStyles();
  if (check === null) return null;
  if (check === undefined) return <span>checking by simulation</span>;
  const ok = check.tone === 'ok';
  const Icon = ok ? CheckmarkCircle16Regular : Warning16Filled;
  return (
    <span className={ok ? styles.mark : `${styles.mark} ${styles.warn}`}>
      <Icon aria-hidden />
      {check.words}
    </span>
  );
}
