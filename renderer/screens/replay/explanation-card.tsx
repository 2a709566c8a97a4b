import { useMemo, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { useCall } from '../../connection/use-lab.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { StrategyLetter } from '../../kit/marks.tsx';
import { armWords, callSentence, windowWords } from './explanation.ts';
import { MAP_TURN } from './paced-states.ts';
import type { ReplayStore } from './replay-store.ts';
import { factsOf } from './run-facts.ts';
import { useReplay } from './use-replay.ts';

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '8px', color: color('ink-2') },
  strong: { fontWeight: 600, color: color('ink') },
  arm: { display: 'flex', alignItems: 'center', gap: '8px', fontWeight: 600, color: color('ink') },
});

/** The experiment, told at the instant: its arm, what that does, what this call means. */
export function ExplanationCard(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const styles = useStyles();
  const { run } = recording.document;
  const catalogue = useCall('experiments', {});
  const experiment = catalogue.data?.experiments.find(({ id }) => id === run.experiment);
  const frame = useReplay(store, (state) => state.frame, MAP_TURN);
  const overview = useReplay(store, (state) => state.overview, MAP_TURN);
  const evidence = useReplay(store, (state) => state.evidence);
  const row = frame?.row ?? null;
  const facts = useMemo(() => factsOf(recording), [recording]);
  const arm = frame === null || overview === null ? null : armWords(frame, overview, facts.arms);
  const shown =
    evidence?.filter(({ moment }) => moment !== null && moment.seq === frame?.seq) ?? [];
  return (
    <Card title="What goes on" hint={experiment?.title ?? run.experiment}>
      <div className={styles.body}>
        {row !== null && frame !== null && (
          <p className={styles.strong}>
            {callSentence(row, recording.addresses, {
              holders: frame.holders,
              timed: facts.timed,
            })}
          </p>
        )}
        {shown.map(({ claim, moment }) => (
          <p key={claim}>
            <strong>{claim}</strong> shows here: {moment?.says}. {recording.claimTexts[claim] ?? ''}
          </p>
        ))}
        {arm === null ? (
          <p>{experiment?.summary ?? 'A scenario script: its steps, one after the other.'}</p>
        ) : (
          <>
            <p className={styles.arm}>
              {arm.strategy !== null && <StrategyLetter strategy={arm.strategy} />}
              {arm.name}
            </p>
            <p>
              {arm.does} {arm.phase}
            </p>
          </>
        )}
        {frame !== null && <p>{windowWords(frame)}</p>}
      </div>
    </Card>
  );
}
