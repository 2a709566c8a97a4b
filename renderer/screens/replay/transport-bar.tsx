import { useEffect, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { thousands } from '#engine/model/words.ts';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles } from '../../kit/fluent.ts';
import {
  ArrowNext20Regular,
  ArrowPrevious20Regular,
  NextFrame20Regular,
  Pause20Filled,
  Play20Filled,
  PreviousFrame20Regular,
} from '../../kit/icons.ts';
import { Segments } from '../../kit/segments.tsx';
import { GoTo } from './go-to.tsx';
import { instantWords } from '#engine/chart/instant-words.ts';
import { JumpBar } from './jump-bar.tsx';
import type { ReplayStore } from './replay-store.ts';
import { paceWords } from '#engine/replay/pace.ts';
import { SPEEDS, speedName } from './transport.ts';
import { useReplay } from './use-replay.ts';

const useStyles = makeStyles({
  bar: { padding: '8px 16px', display: 'flex', flexDirection: 'column', gap: '6px' },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px 16px' },
  buttons: { display: 'flex', alignItems: 'center', gap: '4px' },
  step: { minWidth: '32px', padding: 0 },
  play: { minWidth: '40px', padding: 0 },
  clock: {
    minWidth: '112px',
    fontSize: '20px',
    lineHeight: '28px',
    fontWeight: 600,
    color: color('ink'),
    whiteSpace: 'nowrap',
  },
  place: {
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-2'),
    whiteSpace: 'nowrap',
    minWidth: '150px',
    '& strong': { color: color('ink'), fontWeight: 600 },
  },
  speed: { display: 'flex', alignItems: 'center', gap: '8px', fontSize: '12px' },
  pace: { fontSize: '12px', color: color('ink-3') },
  wide: { marginLeft: 'auto' },
});

/** Play, step, jump, and where one is. */
export function TransportBar(props: {
  readonly store: ReplayStore;
  readonly recording: RecordingView;
}): ReactNode {
  const { store, recording } = props;
  const styles = useStyles();
  const playing = useReplay(store, (state) => state.playing);
  const speed = useReplay(store, (state) => state.speed);
  const unit = useReplay(store, () => store.unit);
  const ready = useReplay(store, ({ overview }) => overview !== null && overview.rows > 0);
  useSpaceBar(store);
  const step = (label: string, icon: ReactElementOf, go: () => void): ReactNode => (
    <Button
      className={styles.step}
      appearance="subtle"
      aria-label={label}
      title={label}
      icon={icon}
      disabledFocusable={!ready}
      onClick={go}
    />
  );
  return (
    <div className={styles.bar}>
      <div className={styles.line}>
        <div className={styles.buttons} role="group" aria-label="Play and step">
          {step('To the start', <ArrowPrevious20Regular />, () => store.seek({ seq: -1 }))}
          {step('Previous event', <PreviousFrame20Regular />, () => store.step(-1))}
          <Button
            className={styles.play}
            appearance="primary"
            aria-label={playing ? 'Pause' : 'Play'}
            title={playing ? 'Pause (space bar)' : 'Play (space bar)'}
            icon={playing ? <Pause20Filled /> : <Play20Filled />}
            disabledFocusable={!ready}
            onClick={() => store.toggle()}
          />
          {step('Next event', <NextFrame20Regular />, () => store.step(1))}
          {step('To the end', <ArrowNext20Regular />, () => store.toEnd())}
        </div>
        <Clock store={store} />
        <GoTo store={store} />
        <div className={`${styles.speed} ${styles.wide}`}>
          <span aria-hidden>Speed</span>
          <Segments
            label="Speed"
            segments={SPEEDS.map((value) => ({ value, text: speedName(value) }))}
            value={speed}
            onChange={(next) => store.setSpeed(next)}
          />
        </div>
      </div>
      <div className={styles.line}>
        <JumpBar store={store} recording={recording} />
        <span className={`${styles.pace} ${styles.wide}`}>{paceWords(unit)}</span>
      </div>
    </div>
  );
}

type ReactElementOf = React.JSX.Element;

/** Changes with every frame; nothing else of the bar does. */
function Clock({ store }: { readonly store: ReplayStore }): ReactNode {
  const styles = useStyles();
  const frame = useReplay(store, (state) => state.frame);
  const rows = useReplay(store, (state) => state.overview?.rows ?? 0);
  const total = useReplay(store, () => store.total);
  return (
    <>
      <span className={styles.clock}>{instantWords(frame?.t ?? 0, total)}</span>
      <span className={styles.place}>
        of {instantWords(total, total)}
        <br />
        event <strong>{thousands((frame?.seq ?? -1) + 1)}</strong> of {thousands(rows)}
      </span>
    </>
  );
}

/** The space bar plays and pauses, wherever it means nothing else. */
function useSpaceBar(store: ReplayStore): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || event.ctrlKey || event.altKey || event.metaKey) return;
      const target = event.target instanceof Element ? event.target : null;
      const own = 'a, button, input, select, textarea, [role], [contenteditable]';
      if (
        event.defaultPrevented ||
        (target !== null && target.closest(own) !== null && !isPlain(target))
      )
        return;
      event.preventDefault();
      store.toggle();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [store]);
}

/** A landmark or a region around, which the space bar means nothing to. */
function isPlain(target: Element): boolean {
  return target.matches('h1, main, [role="main"], body');
}
