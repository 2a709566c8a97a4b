import { useCallback, useMemo, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { thousands } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import { EventGrid } from '../../events/event-grid.tsx';
import type { EventRow } from '../../events/event-row.ts';
import type { ModelAnswer } from './model-frame.ts';
import { replayColumns } from './replay-columns.tsx';
import type { ReplayStore } from './replay-store.ts';
import { useReplay } from './use-replay.ts';

const useStyles = makeStyles({
  place: { display: 'flex', flexDirection: 'column', height: '340px', minHeight: 0 },
});

/** Every event, the one of the instant in the middle, and how the model answered it. */
export function AroundCard(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const styles = useStyles();
  const frame = useReplay(store, (state) => state.frame);
  const rows = useReplay(store, (state) => state.overview?.rows ?? 0);
  const looked = useReplay(store, (state) => state.looked);
  const modelFrame = useReplay(store, (state) => state.modelFrame);
  const lookedAnswers = useReplay(store, (state) => state.lookedAnswers);
  const seq = frame?.seq ?? -1;

  const answers = useMemo(() => {
    const all = [...lookedAnswers, ...(modelFrame?.answers ?? [])];
    return new Map<number, ModelAnswer>(all.map((answer) => [answer.seq, answer]));
  }, [modelFrame, lookedAnswers]);
  const columns = useMemo(
    () => replayColumns(recording, (at) => answers.get(at)),
    [recording, answers],
  );
  const rowAt = (place: number): EventRow | undefined =>
    inRows(frame?.around, place) ?? inRows(looked?.rows, place);
  const onRange = useCallback(
    (from: number, to: number) => {
      const { around } = store.getState().frame ?? {};
      // What came with the instant need not be asked for.
      const missing = inRows(around, from) === undefined || inRows(around, to - 1) === undefined;
      if (to > from && missing) store.look(from, to);
    },
    [store],
  );
  const goTo = useMemo(() => (seq < 0 ? { place: 0 } : { place: seq }), [seq]);
  return (
    <Card title="Events" hint={`around event ${thousands(seq + 1)}; a click goes there`} flush>
      <div className={styles.place}>
        <EventGrid
          label="Events around the instant"
          rowCount={rows}
          columns={columns}
          rowAt={rowAt}
          onRange={onRange}
          selection={seq < 0 ? null : { anchor: seq, current: seq }}
          onSelect={({ current }) => store.seek({ seq: current })}
          onCopy={() => {}}
          goTo={goTo}
        />
      </div>
    </Card>
  );
}

/** A row out of consecutive ones. */
function inRows(rows: readonly EventRow[] | undefined, seq: number): EventRow | undefined {
  const first = rows?.[0]?.seq;
  return first === undefined ? undefined : rows?.[seq - first];
}
