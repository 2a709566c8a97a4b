import { useMemo, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { count, thousands } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { Banner, ErrorBar } from '../../kit/messages.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { instantWords } from '#engine/chart/instant-words.ts';
import { eventWords } from './instant-words.ts';
import { MAP_TURN } from './paced-states.ts';
import type { ReplayStore } from './replay-store.ts';
import { whoRan } from './replay-words.ts';
import { otherValues, switchesOf } from './switches.ts';
import { useReplay } from './use-replay.ts';

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '8px', color: color('ink-2') },
  answers: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: '4px 12px',
    alignItems: 'center',
    color: color('ink'),
  },
  strong: { fontWeight: 600, color: color('ink') },
  question: { borderLeft: `3px solid ${color('strong')}`, paddingLeft: '8px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '4px' },
  kinds: {
    display: 'flex',
    flexDirection: 'column',
    listStyleType: 'none',
    gap: '2px',
    fontSize: '12px',
    lineHeight: '16px',
  },
  kind: {
    padding: '2px 0',
    border: 'none',
    backgroundColor: 'transparent',
    font: 'inherit',
    textAlign: 'left',
    color: color('accent-text'),
    cursor: 'pointer',
    ':hover': { textDecorationLine: 'underline' },
  },
  small: { fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
});

/** Why host and model part, at the instant or last before it, and what would change that. */
export function DifferenceCard(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const styles = useStyles();
  const { run } = recording.document;
  const frame = useReplay(store, (state) => state.frame, MAP_TURN);
  const modelFrame = useReplay(store, (state) => state.modelFrame, MAP_TURN);
  const model = useReplay(store, (state) => state.model, MAP_TURN);
  const error = useReplay(store, (state) => state.modelError);
  const basis = basisOfRun(run);
  const difference = modelFrame?.difference ?? null;
  const all = useMemo(() => model?.kinds.reduce((sum, kind) => sum + kind.count, 0) ?? 0, [model]);
  const decisive = useMemo(() => {
    const wanted = difference?.assumptions ?? [];
    return model === null
      ? []
      : switchesOf(model.assumptions).filter(({ id }) => wanted.includes(id));
  }, [model, difference]);
  const hint =
    difference === null
      ? undefined
      : `${difference.seq === frame?.seq ? 'at' : 'last at'} ${instantWords(difference.t, store.total)}`;

  if (error !== null) {
    return (
      <Card title="Why they differ">
        <ErrorBar error={error} />
      </Card>
    );
  }
  return (
    <Card title="Why they differ" hint={hint}>
      <div className={styles.body}>
        {model === null && <p>The model’s track is not made yet.</p>}
        {model !== null && difference === null && (
          <p>
            {all === 0
              ? model.complete
                ? `They do not: ${whoRan(run)} and the model answered all ${count(model.rows, 'event')} alike.`
                : 'They do not, so far as the model has come.'
              : `They do not, up to here; ${count(all, 'call')} later on.`}
          </p>
        )}
        {difference !== null && (
          <>
            <p className={styles.strong}>{difference.call}</p>
            <div className={styles.answers}>
              <ProvenanceBadge basis={basis} dense />
              <span>{difference.host}</span>
              <ProvenanceBadge basis="modelled" dense />
              <span>{difference.model}</span>
            </div>
            <p>{sentence(difference.text)}</p>
            {difference.assumptions.length === 0 && <p>No switch of the model decides this.</p>}
            {decisive.map((known) => (
              <div key={known.id} className={styles.question}>
                <p>
                  <strong>{known.id}</strong> {known.about}
                  <br />
                  The model says <strong>{known.value}</strong>
                  {known.values.length === 1 ? '; nothing else is modelled yet.' : '.'}
                </p>
                <div className={styles.buttons}>
                  {otherValues(known).map((value) => (
                    <Button
                      key={value}
                      size="small"
                      onClick={() => store.setSwitch(known.id, value)}
                    >
                      Set {known.id} to {value} and replay
                    </Button>
                  ))}
                </div>
              </div>
            ))}
            {difference.seq !== frame?.seq && (
              <div className={styles.buttons}>
                <Button size="small" onClick={() => store.seek({ seq: difference.seq })}>
                  Go to {eventWords(difference.seq, recording.rows).replace(/ of .*/, '')}
                </Button>
              </div>
            )}
          </>
        )}
        {model !== null && model.kinds.length > 1 && (
          <ul className={styles.kinds} aria-label="Kinds of differences in the whole run">
            {model.kinds.map(({ kind, count: calls, text, first }) => (
              <li key={kind}>
                <button
                  type="button"
                  className={styles.kind}
                  onClick={() => store.seek({ seq: first.seq })}
                >
                  {thousands(calls)} × {text}
                </button>
              </li>
            ))}
          </ul>
        )}
        {model !== null && model.places.seq.length < all && (
          <p className={styles.small}>
            The first {thousands(model.places.seq.length)} of {count(all, 'difference')} are marked
            and can be gone to.
          </p>
        )}
        {model?.rangesGuessed === true && (
          <p className={styles.small}>
            The host did not tell its dynamic port range: the span of the numbers this run met
            stands for it.
          </p>
        )}
        {model !== null && model.stopped !== null && (
          <Banner
            intent="info"
            title={`The model’s track ends at ${instantWords(model.end, store.total)}`}
          >
            {model.stopped}.
          </Banner>
        )}
      </div>
    </Card>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
