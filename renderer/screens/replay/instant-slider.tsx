import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { count } from '#engine/model/words.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { instantWords } from '#engine/chart/instant-words.ts';
import { eventWords } from './instant-words.ts';
import { DIFFERENCES_Y } from './lane-places.ts';
import type { ReplayStore } from './replay-store.ts';
import type { TimeScale } from './timeline-geometry.ts';
import { useReplay } from './use-replay.ts';

/** From a diamond's middle to what still counts as on it. */
const DIAMOND_PX = 7;

const useStyles = makeStyles({
  slider: {
    position: 'absolute',
    inset: 0,
    cursor: 'ew-resize',
    touchAction: 'none',
    borderRadius: '2px',
  },
  head: {
    position: 'absolute',
    top: 0,
    bottom: '18px',
    left: '-1px',
    width: '2px',
    backgroundColor: color('ink'),
    pointerEvents: 'none',
    '@media (forced-colors: active)': { forcedColorAdjust: 'none', backgroundColor: 'Highlight' },
    '::before': {
      content: '""',
      position: 'absolute',
      top: 0,
      left: '-5px',
      width: '12px',
      height: '12px',
      borderRadius: '2px 2px 6px 6px',
      backgroundColor: 'inherit',
    },
  },
});

/** The playhead over both tracks: dragged, clicked, or moved by keys. */
export function InstantSlider(props: {
  readonly store: ReplayStore;
  readonly scale: TimeScale;
}): ReactNode {
  const { store, scale } = props;
  const styles = useStyles();
  const frame = useReplay(store, (state) => state.frame);
  const rows = useReplay(store, (state) => state.overview?.rows ?? 0);
  const total = scale.total;

  /** Where it was when it was pressed: asking in the middle of a drag would lay the page out anew. */
  const left = useRef(0);
  function scrub({ clientX }: PointerEvent): void {
    store.seek({ t: scale.t(clientX - left.current) });
  }

  /** On a diamond: to the first of its differences, and not only to about then. */
  function press(event: PointerEvent): void {
    const { left: x, top } = event.currentTarget.getBoundingClientRect();
    left.current = x;
    const { model } = store.getState();
    const near = Math.abs(event.clientY - top - DIFFERENCES_Y) <= DIAMOND_PX;
    if (near && model !== null) {
      const at = model.places.t.findIndex(
        (t) => Math.abs(scale.x(t) - (event.clientX - x)) <= DIAMOND_PX,
      );
      if (at >= 0) return store.seek({ seq: model.places.seq[at]! });
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    scrub(event);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const events = event.shiftKey ? 100 : 1;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => store.step(events),
      ArrowUp: () => store.step(events),
      ArrowLeft: () => store.step(-events),
      ArrowDown: () => store.step(-events),
      PageUp: () => store.skip(1),
      PageDown: () => store.skip(-1),
      Home: () => store.seek({ seq: -1 }),
      End: () => store.toEnd(),
      ' ': () => store.toggle(),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  const words =
    frame === null
      ? 'being read'
      : `${instantWords(frame.t, total)}, ${eventWords(frame.seq, rows)}, ${count(frame.held, 'port')} held`;
  return (
    <div
      className={styles.slider}
      role="slider"
      tabIndex={0}
      aria-label="Instant of the run"
      aria-valuemin={0}
      aria-valuemax={Math.max(rows, 1)}
      aria-valuenow={(frame?.seq ?? -1) + 1}
      aria-valuetext={words}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button === 0) press(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) scrub(event);
      }}
    >
      {frame !== null && (
        <div className={styles.head} style={{ transform: `translateX(${scale.x(frame.t)}px)` }} />
      )}
    </div>
  );
}
