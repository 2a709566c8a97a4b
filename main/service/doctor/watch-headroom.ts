import { setTimeout as sleep } from 'node:timers/promises';
import { sampleOf } from '#engine/doctor/diagnose.ts';
import type { HeadroomSample } from '#engine/doctor/headroom-sample.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { HeadroomLog } from '#data/headroom-log.ts';
import { makeFolder } from '../storage.ts';
import type { Looker } from './looker.ts';

export interface WatchWish {
  /** > 0 */
  readonly everySeconds: number;
  /** Undefined: until it is aborted. */
  readonly forSeconds: number | undefined;
}

export interface WatchHooks {
  /** Ends the watch after the look that goes on. */
  readonly signal: AbortSignal;
  /** Asked before each look: false leaves it out. Left out: always. */
  mayLook?(): boolean;
  /** @param problem why this one could not be recorded; the watch goes on all the same */
  sample(sample: HeadroomSample, problem: LabError | null): void;
}

export interface Watched {
  /** It was aborted before its time was over. */
  readonly cutShort: boolean;
  /** Looks that could not be recorded. */
  readonly lost: number;
}

/**
 * Looks again and again, each look recorded before the next. The first at once, the others at whole
 * multiples of the interval; a look that takes longer leaves some out.
 * @throws LabError usage when the database can't be used
 */
export async function watchHeadroom(
  looker: Looker,
  database: string,
  { everySeconds, forSeconds }: WatchWish,
  { signal, mayLook, sample: tell }: WatchHooks,
): Promise<Watched> {
  makeFolder(database);
  const log = new HeadroomLog(database);
  const began = performance.now();
  const everyMs = everySeconds * 1_000;
  const endMs = forSeconds === undefined ? Infinity : forSeconds * 1_000;
  let lost = 0;
  let turn = 0;
  let before = 0;
  try {
    for (;;) {
      if (mayLook?.() !== false) {
        const sample = sampleOf(await looker.look((turn - before) * everySeconds, false));
        const problem = record(log, sample);
        if (problem !== null) lost++;
        tell(sample, problem);
        before = turn;
      }
      turn = Math.max(turn + 1, Math.ceil((performance.now() - began) / everyMs));
      const next = turn * everyMs;
      const waiting = Math.min(next, endMs) - (performance.now() - began);
      if (signal.aborted || !(await slept(waiting, signal)))
        return { cutShort: endMs !== Infinity, lost };
      if (next > endMs) return { cutShort: false, lost };
    }
  } finally {
    log.close();
  }
}

/** A watch outlives a full disk: what can't be recorded is told. */
function record(log: HeadroomLog, sample: HeadroomSample): LabError | null {
  try {
    log.add(sample);
    return null;
  } catch (error) {
    return LabError.from(error);
  }
}

/** @returns false where it was woken by the signal */
async function slept(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(Math.max(0, ms), undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
