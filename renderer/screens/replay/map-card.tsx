import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { OP } from '#engine/event/op.ts';
import { PortMapCard } from '../../ports/port-map-card.tsx';
import { instantWords } from '#engine/chart/instant-words.ts';
import { poolName, type RunPool } from '#engine/run/run-pool.ts';
import type { ReplayFrame } from './replay-frame.ts';
import { MAP_TURN } from './paced-states.ts';
import type { ReplayStore } from './replay-store.ts';
import { factsOf, type RunFacts } from './run-facts.ts';
import { useReplay } from './use-replay.ts';

/** Calls whose port is one the run binds. */
const OF_PORTS: ReadonlySet<number> = new Set([OP.bind, OP.getsockname, OP.close, OP.accept]);

/** Every number on every address at the instant, and the one the event is about. */
export function MapCard(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const place = useRef<HTMLDivElement>(null);
  const frame = useReplay(store, (state) => state.frame, MAP_TURN);
  const span = useReplay(store, (state) => state.overview?.span ?? null, MAP_TURN);
  const facts = useMemo(() => factsOf(recording), [recording]);
  const pool = useMemo(() => poolShown(facts, span), [facts, span?.start, span?.count]);

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(([entry]) => {
      store.showMap(entry?.isIntersecting === true);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      store.showMap(false);
    };
  }, [store]);

  const { run } = recording.document;
  const simulated = basisOfRun(run) === 'modelled';
  const strategy = facts.arms.find(({ index }) => index === frame?.arm)?.strategy ?? 'others';
  const map = frame?.map ?? null;
  return (
    <div ref={place}>
      {map !== null && pool !== null && frame !== null && (
        <PortMapCard
          map={map}
          pictures={map.pictures}
          compact
          pool={pool}
          addresses={run.addresses}
          strategy={strategy}
          simulated={simulated}
          when={`at ${instantWords(frame.t, store.total)}`}
          ring={ringOf(frame, facts, recording.addresses)}
        />
      )}
    </div>
  );
}

/** The run's range; where nobody told it, the span of the numbers met. */
function poolShown(facts: RunFacts, span: RunPool['range'] | null): RunPool | null {
  if (facts.pool !== null || span === null) return facts.pool;
  const name = poolName(facts.protocol, facts.family);
  return { name: `${name}, numbers the run met`, range: span, excluded: [] };
}

function ringOf({ row }: ReplayFrame, { bands }: RunFacts, addresses: readonly string[]) {
  if (row === null || row.port === 0 || !OF_PORTS.has(row.op)) return null;
  const band = bands.indexOf(addresses[row.address] ?? '');
  // Where addresses have no band of their own, the first one stands for all.
  if (bands.length > 0 && band < 0) return null;
  return { port: row.port, row: Math.max(0, band), words: 'this call’s port' };
}
