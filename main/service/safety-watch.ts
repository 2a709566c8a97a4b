import { isWithin, timeWindowText, type TimeWindow } from '#engine/experiment/time-window.ts';
import type { Finding } from '#engine/run/run-document.ts';
import type { Ffi } from '#native/ffi/ffi.ts';
import { createMemoryWatch, type MemoryWatch } from './memory-watch.ts';
import { minuteOf, type Clock } from './refusals.ts';

export interface SafetyWatchWanted {
  /** Null where no real socket is made: then there is no memory to watch. */
  readonly ffi: Ffi | null;
  /** Real sockets may go below the reserve. */
  readonly exhaustive: boolean;
  readonly onlyBetween: TimeWindow | undefined;
}

/** How often it is looked, ms: memory doesn't go faster, and a look takes up to a millisecond. */
const LOOK_MS = 250;

/**
 * What may end a run from outside it: the host's memory, and the end of the part of the day it may go
 * on in. Ask between slices, as often as convenient.
 * @param elapsed a clock that only goes forward, ms
 * @returns a function that answers what must be said of the run where it must end now
 * @throws LabError 'refused' where Windows' own libraries can't be had
 */
export function createSafetyWatch(
  { ffi, exhaustive, onlyBetween }: SafetyWatchWanted,
  now: Clock = () => new Date(),
  elapsed: () => number = () => performance.now(),
): () => Finding | null {
  const memory: MemoryWatch | null = exhaustive && ffi !== null ? createMemoryWatch(ffi) : null;
  let next = elapsed();
  return () => {
    if (elapsed() < next) return null;
    next = elapsed() + LOOK_MS;
    const short = memory?.check() ?? null;
    if (short !== null) {
      const text = `${short} Everything was released. Do: find what takes the memory before another exhaustive run, or limit it with --max-sockets.`;
      return { id: 'memory-short', severity: 'error', text };
    }
    if (onlyBetween === undefined || isWithin(onlyBetween, minuteOf(now()))) return null;
    const text = `The part of the day this run may go on in, ${timeWindowText(onlyBetween)}, was over. Everything was released. Do: start it earlier, or allow it longer with --only-between.`;
    return { id: 'window-closed', severity: 'warning', text };
  };
}
