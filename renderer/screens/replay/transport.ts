import { formatNumber } from '#engine/chart/format.ts';
import { duration } from '#engine/model/words.ts';

/** How fast a replay can go; the last as fast as it can be drawn. */
export const SPEEDS = [0.25, 1, 10, 100, 1_000, Number.POSITIVE_INFINITY] as const;
export type Speed = (typeof SPEEDS)[number];

const SECOND = 1e9;
/** At 1× a modelled run takes this long at least, s. */
const LEAST_SECONDS = 10;
const FINEST_UNIT = 1_000;
/** At most speed a run takes this long at most, s. */
const MOST_SPEED_SECONDS = 2;

/**
 * How much of the run's clock passes in a second at 1×, ns. A real run's: a second. A modelled run takes
 * a microsecond a call by convention and would be over at once: the largest power of ten at which it
 * takes ten seconds or more.
 */
export function clockUnit(totalNs: number, timed: boolean): number {
  if (timed) return SECOND;
  const fits = totalNs / LEAST_SECONDS;
  let unit = FINEST_UNIT;
  while (unit * 10 <= fits && unit < SECOND) unit *= 10;
  return unit;
}

/** Where the clock is `elapsedMs` later. */
export function advance(
  t: number,
  elapsedMs: number,
  speed: Speed,
  unit: number,
  end: number,
): number {
  const finite = Math.min(speed, 1_000) * unit * (elapsedMs / 1_000);
  const most = (end * elapsedMs) / (MOST_SPEED_SECONDS * 1_000);
  return Math.min(end, t + (Number.isFinite(speed) ? finite : Math.max(finite, most)));
}

/** `¼×`, `1,000×`, `max`. */
export function speedName(speed: Speed): string {
  if (!Number.isFinite(speed)) return 'max';
  return `${speed === 0.25 ? '¼' : formatNumber(speed)}×`;
}

/** What 1× is, where it is not the run's own pace. */
export function paceWords(unit: number): string {
  return unit === SECOND
    ? '1× is as fast as it ran'
    : `1× is ${duration(unit)} of virtual time a second`;
}
