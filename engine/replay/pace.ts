import { duration } from '../model/words.ts';

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

/**
 * Where the clock is `elapsedMs` later.
 * @param speed 0.25 and up; Infinity: as fast as it can be drawn
 * @param unit as `clockUnit` gives it
 */
export function advance(
  t: number,
  elapsedMs: number,
  speed: number,
  unit: number,
  end: number,
): number {
  const finite = Math.min(speed, 1_000) * unit * (elapsedMs / 1_000);
  const most = (end * elapsedMs) / (MOST_SPEED_SECONDS * 1_000);
  return Math.min(end, t + (Number.isFinite(speed) ? finite : Math.max(finite, most)));
}

/** What 1× is, where it is not the run's own pace. */
export function paceWords(unit: number): string {
  return unit === SECOND
    ? '1× is as fast as it ran'
    : `1× is ${duration(unit)} of virtual time a second`;
}
