import { useRef, type ReactNode } from 'react';
import { basisOfRun } from '#engine/chart/provenance.ts';
import type { RecordingView } from '#engine/api/views.ts';
import { percent } from '#engine/model/words.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { useWidth } from '../../kit/use-width.ts';
import { InstantSlider } from './instant-slider.tsx';
import { LANES } from './lane-places.ts';
import type { ReplayStore } from './replay-store.ts';
import { timeScale } from './timeline-geometry.ts';
import { TimelineLanes } from './timeline-lanes.tsx';
import { TransportBar } from './transport-bar.tsx';
import { useReplay } from './use-replay.ts';

const useStyles = makeStyles({
  card: {
    backgroundColor: color('card'),
    border: `1px solid ${color('stroke')}`,
    borderRadius: '6px',
    minWidth: 0,
    contain: 'content',
  },
  body: {
    display: 'grid',
    gridTemplateColumns: '128px minmax(0, 1fr)',
    gap: '0 12px',
    padding: '4px 24px 8px 16px',
    borderTop: `1px solid ${color('stroke')}`,
    '@media (max-width: 759px)': { gridTemplateColumns: '88px minmax(0, 1fr)' },
  },
  labels: { position: 'relative' },
  label: {
    position: 'absolute',
    insetInline: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-3'),
    '& > strong': { display: 'block', color: color('ink') },
  },
  plot: { position: 'relative', minWidth: 0 },
  reading: { gridColumn: '1 / -1', fontSize: '12px', lineHeight: '16px', color: color('ink-2') },
});

const NAMES = { measured: 'REAL', wine: 'WINE', modelled: 'SIMULATED' } as const;

/** The whole run, recorded above modelled, and the playhead over both. */
export function TimelineCard(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const styles = useStyles();
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot);
  const overview = useReplay(store, (state) => state.overview);
  const model = useReplay(store, (state) => state.model);
  const basis = basisOfRun(recording.document.run);
  const scale = timeScale(store.total, Math.max(1, width));
  const timed = basis !== 'modelled';
  const places = LANES[timed ? 'timed' : 'untimed'];
  return (
    <section aria-labelledby="replay-timeline" className={styles.card}>
      <h2 id="replay-timeline" className="visually-hidden">
        Timeline
      </h2>
      <TransportBar store={store} recording={recording} />
      <div className={styles.body}>
        <div className={styles.labels} aria-hidden>
          <div className={styles.label} style={{ top: places.recorded.top + 6 }}>
            <strong>Recorded</strong>
            {NAMES[basis]}, ports held
          </div>
          <div className={styles.label} style={{ top: places.model.top + 6 }}>
            <strong>Model</strong>
            SIMULATED, ports held
          </div>
          {places.binds !== null && (
            <div className={styles.label} style={{ top: places.binds.top - 2 }}>
              <strong>Binds</strong>
              per second, and took
            </div>
          )}
        </div>
        <div ref={plot} className={styles.plot} style={{ height: places.height }}>
          {width > 0 && overview !== null && (
            <>
              <TimelineLanes
                recording={recording}
                overview={overview}
                model={model}
                scale={scale}
                places={places}
              />
              <InstantSlider store={store} scale={scale} />
            </>
          )}
        </div>
        <Reading store={store} rows={recording.rows} />
      </div>
    </section>
  );
}

/** How far recording and model are, while they are not there yet. */
function Reading({
  store,
  rows,
}: {
  readonly store: ReplayStore;
  readonly rows: number;
}): ReactNode {
  const styles = useStyles();
  const recorded = useReplay(store, ({ overview }) =>
    overview === null || overview.complete ? '' : share(overview.rows, rows),
  );
  const modelled = useReplay(store, ({ model, overview }) =>
    model === null || model.complete ? '' : share(model.rows, Math.max(rows, overview?.rows ?? 0)),
  );
  const words = [
    ...(recorded === '' ? [] : [`${recorded} of the recording read`]),
    ...(modelled === '' ? [] : [`${modelled} of it made on the model`]),
  ];
  return words.length === 0 ? null : <p className={styles.reading}>{words.join(', ')}.</p>;
}

function share(part: number, whole: number): string {
  return percent(Math.min(1, Math.floor((100 * part) / Math.max(1, whole)) / 100));
}
