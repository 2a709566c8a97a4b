import type { ReactNode } from 'react';
import type { RecordedSwitch } from '#engine/profile/recorded-switches.ts';
import { color } from '../../../kit/colors.ts';
import { makeStyles } from '../../../kit/fluent.ts';

const useStyles = makeStyles({ other: { color: color('ink-3') } });

/** What a run assumed, and what the lab would have assumed by itself where that is something else. */
export function Assumed({
  entry: { value, other },
}: {
  readonly entry: RecordedSwitch;
}): ReactNode {
  const styles = useStyles();
  return (
    <>
      {value}
      {other !== null && <span className={styles.other}> (by default {other})</span>}
    </>
  );
}
