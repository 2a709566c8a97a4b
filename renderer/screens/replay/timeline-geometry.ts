import { axisScale } from '#engine/chart/axis-scale.ts';
import { formatNumber } from '#engine/chart/format.ts';
import type { TimelinePoints } from '#engine/replay/held-timeline.ts';
import type { ArmMoments } from '#engine/replay/moments.ts';
import { unitOf } from '#engine/chart/instant-words.ts';

/** From the run's clock, ns, to px of the plot and back. */
export interface TimeScale {
  readonly total: number;
  readonly width: number;
  x(t: number): number;
  t(x: number): number;
}

export function timeScale(total: number, width: number): TimeScale {
  return {
    total,
    width,
    x: (t) => (Math.min(Math.max(0, t), total) / total) * width,
    t: (x) => (Math.min(Math.max(0, x), width) / width) * total,
  };
}

export interface Tick {
  readonly x: number;
  readonly words: string;
}

/** At most six; the last one carries the unit. */
export function timeTicks(scale: TimeScale): Tick[] {
  const { name, ns } = unitOf(scale.total);
  const { interval } = axisScale(scale.total / ns, 6);
  const digits = Math.max(0, -Math.floor(Math.log10(interval)) + 1);
  const ticks: Tick[] = [];
  for (let value = 0; value * ns <= scale.total; value += interval) {
    ticks.push({ x: scale.x(value * ns), words: formatNumber(value, digits) });
  }
  const last = ticks.at(-1);
  if (last !== undefined) ticks[ticks.length - 1] = { ...last, words: `${last.words} ${name}` };
  return ticks;
}

/** A stretch of the run in which one arm holds what is held; arm 0 is none. */
export interface ArmSpan {
  readonly arm: number;
  readonly from: number;
  readonly to: number;
}

/** The arms one after the other, and what lies before the first. */
export function armSpans(arms: readonly ArmMoments[], end: number): ArmSpan[] {
  const first = arms[0]?.begin.t ?? end;
  const spans: ArmSpan[] = first > 0 ? [{ arm: 0, from: 0, to: first }] : [];
  arms.forEach(({ index, begin }, at) => {
    spans.push({ arm: index, from: begin.t, to: arms[at + 1]?.begin.t ?? end });
  });
  return spans;
}

/** Most ports held at once in a part of the run. */
export function peakIn(
  { held, width }: TimelinePoints,
  { from, to }: Omit<ArmSpan, 'arm'>,
): number {
  let peak = 0;
  const last = Math.min(held.length - 1, Math.floor(to / width));
  for (let point = Math.floor(from / width); point <= last; point++) {
    peak = Math.max(peak, held[point]!);
  }
  return peak;
}

/**
 * What was held in a part of the run as an SVG path of steps, closed along the base.
 * @param y of a number of ports held, px; `y(0)` is the base
 */
export function areaPath(
  { held, width }: TimelinePoints,
  { from, to }: Omit<ArmSpan, 'arm'>,
  scale: TimeScale,
  y: (held: number) => number,
): string {
  const first = Math.floor(from / width);
  const last = Math.min(held.length - 1, Math.floor(to / width));
  if (last < first) return '';
  const px = (value: number): string => value.toFixed(1);
  const base = px(y(0));
  let path = `M${px(scale.x(from))} ${base}`;
  let before = '';
  for (let point = first; point <= last; point++) {
    const at = px(y(held[point]!));
    if (at !== before) path += `H${px(scale.x(Math.max(from, point * width)))}V${at}`;
    before = at;
  }
  const end = Math.min(to, (last + 1) * width);
  return `${path}H${px(scale.x(end))}V${base}Z`;
}

/** Several marks too near to one another to be told apart. */
export interface MergedMark {
  /** Where the first of them is, px. */
  readonly x: number;
  /** Place of the first, and how many they are. */
  readonly first: number;
  readonly count: number;
}

/**
 * Marks of a timeline, those within `leastPx` of a mark's first merged into it.
 * @param times in rising order, or nearly
 */
export function mergeMarks(
  times: ArrayLike<number>,
  scale: TimeScale,
  leastPx: number,
): MergedMark[] {
  const merged: MergedMark[] = [];
  for (let at = 0; at < times.length; at++) {
    const x = scale.x(times[at]!);
    const last = merged.at(-1);
    if (last !== undefined && x - last.x < leastPx) {
      merged[merged.length - 1] = { ...last, count: last.count + 1 };
    } else merged.push({ x, first: at, count: 1 });
  }
  return merged;
}

/** Words that want a place on one line. */
export interface Label {
  readonly width: number;
  /** Where their middle may be, the best place first. */
  readonly at: readonly number[];
}

/**
 * Where the middle of each label goes, so that none covers another; null where none of its places is
 * free. The first ones choose first, and none leaves the plot.
 */
export function placedLabels(
  labels: readonly Label[],
  plotWidth: number,
  gapPx = 8,
): (number | null)[] {
  const taken: { readonly from: number; readonly to: number }[] = [];
  return labels.map(({ width, at }) => {
    for (const wanted of at) {
      const x = Math.min(Math.max(wanted, width / 2), plotWidth - width / 2);
      const own = { from: x - width / 2 - gapPx, to: x + width / 2 + gapPx };
      if (taken.some(({ from, to }) => own.from < to && own.to > from)) continue;
      taken.push(own);
      return x;
    }
    return null;
  });
}
