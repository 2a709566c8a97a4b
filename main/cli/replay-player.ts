import { setTimeout as sleep } from 'node:timers/promises';
import { instantWords } from '#engine/chart/instant-words.ts';
import { instantDocument } from '#engine/replay/instant-document.ts';
import { advance, clockUnit } from '#engine/replay/pace.ts';
import type { ReplayedRun } from '../service/replayed-run.ts';
import { instantLine, instantLines } from './replay-text.ts';
import { ScreenLines } from './screen-lines.ts';

/** Between two looks at the clock, ms: as often as one reads. */
const TICK_MS = 100;
/** Lines of a replay where none can be drawn again: spread over the run, and at moments of it. */
const SPREAD_LINES = 40;
const MOMENT_LINES = 40;

export interface Playing {
  /** Infinity: as fast as it can be drawn. */
  readonly speed: number;
  /** `10×`, beside the clock. */
  readonly speedWords: string;
  readonly signal: AbortSignal;
}

/** Plays a run on a terminal, in place. @returns where it stopped, ns */
export async function playInPlace(run: ReplayedRun, playing: Playing): Promise<number> {
  const screen = new ScreenLines(process.stdout);
  return play(run, playing, (t) => {
    screen.draw(instantLines(run, instantDocument(run, { t }), `  ${playing.speedWords}`));
  });
}

/** Plays a run in lines, at most 80 of them. @returns where it stopped, ns */
export async function playInLines(run: ReplayedRun, playing: Playing): Promise<number> {
  const places = placesOf(run);
  let next = 0;
  return play(run, playing, (t) => {
    const until = run.replay.events.seqAt(t);
    for (; next < places.length && places[next]! <= until; next++) {
      const at = instantDocument(run, { seq: places[next]! });
      process.stdout.write(`${instantLine(run, at)}\n`);
    }
  });
}

/** Where a replay has gone to, for the one who stopped it. */
export function stoppedWords(run: ReplayedRun, t: number): string {
  const { document, replay } = run;
  const wish = `#${replay.events.seqAt(t) + 1}`;
  return `Stopped at ${instantWords(t, replay.events.end)}; portlab replay ${document.run.id} --at=${wish} tells of it.`;
}

async function play(
  run: ReplayedRun,
  { speed, signal }: Playing,
  draw: (t: number) => void,
): Promise<number> {
  const { end } = run.replay.events;
  const unit = clockUnit(end, run.timed);
  // Where nothing is drawn again there is nothing to watch, and as fast as possible is at once.
  let t = Number.isFinite(speed) || ScreenLines.can(process.stdout) ? 0 : end;
  let before = performance.now();
  draw(t);
  while (t < end && !signal.aborted) {
    await sleep(TICK_MS, undefined, { signal }).catch(() => {});
    const now = performance.now();
    if (!signal.aborted) t = advance(t, now - before, speed, unit, end);
    before = now;
    draw(t);
  }
  return t;
}

/** Rows to tell of, in order. */
function placesOf({ replay, moments }: ReplayedRun): number[] {
  const { events, rows } = replay;
  const spread = Array.from({ length: SPREAD_LINES }, (_, n) =>
    events.seqAt((events.end * (n + 1)) / SPREAD_LINES),
  );
  const { arms, windows, firstError, firstStarved, firstCanaryFailure } = moments;
  const found = [
    firstError,
    firstStarved,
    firstCanaryFailure,
    ...windows.flatMap(({ open, close }) => [open, close]),
    ...arms.flatMap(({ begin, peak, firstError: failed }) => [begin, peak, failed]),
  ].flatMap((moment) => (moment === null ? [] : [moment.seq]));
  const seqs = [...spread, ...found.slice(0, MOMENT_LINES), rows - 1];
  return [...new Set(seqs)].filter((seq) => seq >= 0).toSorted((a, b) => a - b);
}
