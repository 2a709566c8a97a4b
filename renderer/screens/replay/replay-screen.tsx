import { useEffect, useState, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { utcStamp } from '../../kit/format.ts';
import { Empty, ErrorBar } from '../../kit/messages.tsx';
import { Card } from '../../kit/card.tsx';
import { Page } from '../../kit/page.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { useShowRecording } from '../../connection/shown-recording.ts';
import { useClient } from '../../connection/use-lab.ts';
import { AroundCard } from './around-card.tsx';
import { DifferenceCard } from './difference-card.tsx';
import { ExplanationCard } from './explanation-card.tsx';
import { InstantCard } from './instant-card.tsx';
import { MapCard } from './map-card.tsx';
import { ModelChoice } from './model-choice.tsx';
import type { ReplayStore } from './replay-store.ts';
import { replaySentence } from './replay-words.ts';
import { TimelineCard } from './timeline-card.tsx';
import { useReplay } from './use-replay.ts';

/** So long an instant must stand to be told, ms. */
const SPEAK_AFTER_MS = 700;

const useStyles = makeStyles({
  recorded: { fontSize: '12px', color: color('ink-2') },
  columns: {
    display: 'grid',
    gap: '12px',
    gridTemplateColumns: 'minmax(0, 2.1fr) minmax(300px, 1fr)',
    alignItems: 'start',
    '@media (max-width: 1199px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  side: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
});

export interface ReplayScreenProps {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}

/** A recorded run at any instant, and a model that made the same calls beside it. */
export function ReplayScreen({ store, recording }: ReplayScreenProps): ReactNode {
  const styles = useStyles();
  const client = useClient();
  const { run } = recording.document;
  const error = useReplay(store, (state) => state.error);
  const empty = useReplay(
    store,
    ({ overview }) => overview !== null && overview.complete && overview.rows === 0,
  );
  const basis = basisOfRun(run);
  const model = useReplay(store, (state) => state.model?.profile ?? null);
  const { hostname, os } = run.host;
  const build = [os.name, os.build].filter((part) => part !== '').join(' · ');
  useShowRecording({ basis, hostname, build, model });
  const name = run.title ?? run.experiment;
  return (
    <Page
      breadcrumb={[
        { text: 'Runs', to: '/runs' },
        { text: `${name}, run ${run.id}`, to: `/runs/${encodeURIComponent(run.id)}` },
        { text: 'Replay' },
      ]}
      badges={
        <>
          <ProvenanceBadge basis={basis} />
          <span className={styles.recorded}>
            recorded on {run.host.hostname}, {utcStamp(run.startedAt)}
          </span>
        </>
      }
      sentence={<Sentence store={store} recording={recording} />}
      title={`Replay: ${name}`}
      actions={<ModelChoice store={store} recording={recording} />}
    >
      {error !== null && (
        <ErrorBar
          error={error}
          actions={
            <Button onClick={() => client !== null && store.open(client)}>Read again</Button>
          }
        />
      )}
      {empty ? (
        <Card title="Events">
          <Empty title="Nothing was recorded.">
            <p>The run ended before its first call, or nothing of it could be read.</p>
          </Empty>
        </Card>
      ) : (
        <>
          <Spoken store={store} recording={recording} />
          <TimelineCard store={store} recording={recording} />
          <InstantCard store={store} recording={recording} />
          <MapCard store={store} recording={recording} />
          <div className={styles.columns}>
            <AroundCard store={store} recording={recording} />
            <div className={styles.side}>
              <ExplanationCard store={store} recording={recording} />
              <DifferenceCard store={store} recording={recording} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

/** The heading alone renders with every frame. */
function Sentence(props: ReplayScreenProps): ReactNode {
  return useSentence(props);
}

/** Who listens hears where a jump or a step led, and nothing while it plays. */
function Spoken(props: ReplayScreenProps): ReactNode {
  const sentence = useSentence(props);
  const playing = useReplay(props.store, (state) => state.playing);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (playing) return undefined;
    const timer = setTimeout(() => setSaid(sentence), SPEAK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [sentence, playing]);
  return (
    <p role="status" aria-live="polite" className="visually-hidden">
      {said}
    </p>
  );
}

function useSentence({ store, recording }: ReplayScreenProps): string {
  const overview = useReplay(store, (state) => state.overview);
  const frame = useReplay(store, (state) => state.frame);
  const model = useReplay(store, (state) => state.model);
  const modelFrame = useReplay(store, (state) => state.modelFrame);
  const { document, addresses } = recording;
  const { total } = store;
  return replaySentence({ document, addresses, overview, frame, model, modelFrame, total });
}
