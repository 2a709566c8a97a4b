import type { ReactNode } from 'react';
import type { RunView } from '#engine/api/views.ts';
import { makeStyles, mergeClasses } from '../../../kit/fluent.ts';
import { CommandCard } from './command-card.tsx';
import { AddressesCard, HostCard, OptionsCard, RangesCard } from './host-cards.tsx';
import { ProfileCard } from './profile-card.tsx';
import { RestsOnCard } from './rests-on-card.tsx';
import { LimitsCard, ParametersCard } from './setup-cards.tsx';

const useStyles = makeStyles({
  row: { display: 'grid', gap: '12px', alignItems: 'stretch' },
  three: { gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))' },
  two: { gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 440px), 1fr))' },
});

export function RepeatTab({ view: { document } }: { readonly view: RunView }): ReactNode {
  const styles = useStyles();
  const { run } = document;
  return (
    <>
      <CommandCard document={document} />
      <div className={mergeClasses(styles.row, styles.three)}>
        <ParametersCard document={document} />
        <LimitsCard document={document} />
        <HostCard run={run} />
      </div>
      <div className={mergeClasses(styles.row, styles.two)}>
        <RangesCard run={run} />
        <OptionsCard run={run} />
      </div>
      <AddressesCard run={run} />
      <RestsOnCard document={document} />
      {run.profile !== null && <ProfileCard profile={run.profile} />}
    </>
  );
}
