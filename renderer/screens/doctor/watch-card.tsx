import { Suspense, lazy, useState, type ReactNode } from 'react';
import type { Pool } from '#engine/model/protocol.ts';
import { FAMILIES, POOLS, PROTOCOLS, poolOf } from '#engine/model/protocol.ts';
import { useLab } from '../../connection/use-lab.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { Button, Dropdown, Option, Spinner, Tab, TabList, makeStyles } from '../../kit/fluent.ts';
import { Play16Regular, Stop16Regular } from '../../kit/icons.ts';
import { Banner, Empty, ErrorBar } from '../../kit/messages.tsx';
import { poolTitle } from './doctor-words.ts';
import { useWatch, type WatchState } from './use-watch.ts';
import { PACES, SPANS, paceWords, samplesWords } from './watch-words.ts';

// The words need not wait for the drawing.
const WatchChart = lazy(async () => ({
  default: (await import('./watch-chart.tsx')).WatchChart,
}));

const TITLES = new Map(
  PROTOCOLS.flatMap((protocol) =>
    FAMILIES.map((family) => [poolOf(protocol, family), poolTitle(protocol, family)] as const),
  ),
);

const useStyles = makeStyles({
  controls: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '4px 16px',
    marginBottom: '4px',
  },
  tabs: { margin: '-4px 0 0 -8px' },
  small: { minWidth: '0', width: '116px' },
  pace: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px' },
  note: { fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
});

export interface WatchCardProps {
  readonly profile: string | undefined;
  /** Shown first: the tightest. */
  readonly first: Pool;
}

/** Headroom over time, as recorded, and the watch that records it. */
export function WatchCard({ profile, first }: WatchCardProps): ReactNode {
  const styles = useStyles();
  const [chosen, setChosen] = useState<Pool | null>(null);
  const [span, setSpan] = useState<(typeof SPANS)[number]>(SPANS[1]);
  const watch = useWatch(profile, span.hours);
  const pool = chosen ?? first;
  const { view, error } = watch;
  return (
    <Card
      title="Free on all addresses over time"
      hint={view === undefined ? undefined : samplesWords(view, span.words)}
      aside={<Watching watch={watch} />}
    >
      <div className={styles.controls}>
        <TabList
          className={styles.tabs}
          size="small"
          selectedValue={pool}
          aria-label="Port pool"
          onTabSelect={(_, { value }) => setChosen(POOLS.find((one) => one === value) ?? null)}
        >
          {POOLS.map((one) => (
            <Tab key={one} value={one} id={`watch-${one}`} aria-controls="watch-panel">
              {TITLES.get(one) ?? one}
            </Tab>
          ))}
        </TabList>
        <Dropdown
          size="small"
          className={styles.small}
          aria-label="How far back"
          value={span.words}
          selectedOptions={[String(span.hours)]}
          onOptionSelect={(_, { optionValue }) => {
            const next = SPANS.find(({ hours }) => String(hours) === optionValue);
            if (next !== undefined) setSpan(next);
          }}
        >
          {SPANS.map(({ hours, words }) => (
            <Option key={hours} value={String(hours)}>
              {words}
            </Option>
          ))}
        </Dropdown>
      </div>
      {error !== undefined && <ErrorBar error={error} />}
      {view !== undefined && view.problem !== null && (
        <Banner intent="warning" title="The last look was not recorded.">
          {view.problem}.
        </Banner>
      )}
      <div role="tabpanel" id="watch-panel" aria-labelledby={`watch-${pool}`}>
        {view === undefined ? (
          error === undefined && <Spinner size="small" label="Reading what was recorded" />
        ) : view.samples.length === 0 ? (
          <Empty title="Nothing is recorded yet.">
            <p>
              Start watching here, or let <code>portlab watch</code> run.
            </p>
          </Empty>
        ) : (
          <Suspense fallback={<Spinner size="small" label="Drawing" />}>
            <WatchChart samples={view.samples} pool={pool} />
          </Suspense>
        )}
      </div>
    </Card>
  );
}

/** Whether a watch goes on, and how it is begun and ended. */
function Watching({ watch }: { readonly watch: WatchState }): ReactNode {
  const styles = useStyles();
  const readOnly = useLab().hello?.readOnly === true;
  const [pace, setPace] = useState<(typeof PACES)[number]>(PACES[1]);
  const { view, busy } = watch;
  if (view === undefined) return null;
  const { watching } = view;
  if (watching !== null) {
    return (
      <div className={styles.pace}>
        <span role="status">Watching {paceWords(watching.everySeconds)}</span>
        {!readOnly && (
          <Button
            size="small"
            icon={<Stop16Regular />}
            disabledFocusable={busy}
            onClick={watch.stop}
          >
            Stop watching
          </Button>
        )}
      </div>
    );
  }
  if (readOnly) return <span className={styles.note}>this page may only look</span>;
  return (
    <div className={styles.pace}>
      <Dropdown
        size="small"
        className={styles.small}
        aria-label="How often"
        value={pace.words}
        selectedOptions={[String(pace.seconds)]}
        onOptionSelect={(_, { optionValue }) => {
          const next = PACES.find(({ seconds }) => String(seconds) === optionValue);
          if (next !== undefined) setPace(next);
        }}
      >
        {PACES.map(({ seconds, words }) => (
          <Option key={seconds} value={String(seconds)}>
            {words}
          </Option>
        ))}
      </Dropdown>
      <Button
        size="small"
        icon={<Play16Regular />}
        disabledFocusable={busy}
        onClick={() => watch.start(pace.seconds)}
      >
        Start watching
      </Button>
    </div>
  );
}
