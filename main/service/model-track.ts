import { setImmediate } from 'node:timers/promises';
import { differsSentence } from '#engine/lockstep/differs.ts';
import { profileOfHost } from '#engine/lockstep/host-profile.ts';
import { Lockstep } from '#engine/lockstep/lockstep.ts';
import { ObservedSpan } from '#engine/lockstep/observed-span.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { POOLS } from '#engine/model/protocol.ts';
import { DOCUMENTED_PROFILE } from '#engine/profile/documented-profile.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { RunLibrary } from '#data/run-library.ts';

/** Calls compared at most: a second or two of work a million. */
const MOST_CALLS = 5_000_000;

/**
 * A real run, made again on a model with the host's own ranges and addresses: where they differ, step
 * by step and in a sentence. Works on what is recorded, a batch at a time, and lets others work
 * between two. A recording that can't be read to its end is compared as far as it goes, and the notes say so.
 * @param document the run's; its host is used
 * @param base whose rules the model follows
 * @returns undefined for a simulated run, which is a model's own
 */
export async function modelTrack(
  database: string,
  runId: string,
  document: Pick<RunDocument, 'run'>,
  base: ResolvedProfile = DOCUMENTED_PROFILE,
): Promise<RunDocument['model']> {
  const { host, stack } = document.run;
  if (stack !== 'winsock') return undefined;
  const library = new RunLibrary(database);
  const notes: string[] = [];
  try {
    const observed = new ObservedSpan();
    if (POOLS.some((pool) => host.dynamicRanges[pool] === null)) {
      await eachBatch(library, runId, notes, (batch) => observed.add(batch));
    }
    const { profile, rangesObserved } = profileOfHost(host, base, observed);
    if (rangesObserved.length > 0) {
      const ranges = rangesObserved.map((pool) => {
        const { start, count } = profile.dynamicRanges[pool];
        return `${pool} ${start} to ${start + count - 1}`;
      });
      notes.push(
        `The host did not tell its dynamic port range: the span of the numbers this run met stands for it (${ranges.join(', ')}).`,
      );
    }
    const lockstep = new Lockstep({
      profile,
      addresses: profile.addresses.map(({ address }) => address),
      texts: library.addresses(runId),
      real: true,
      mostCalls: MOST_CALLS,
    });
    await eachBatch(library, runId, notes, (batch) => {
      lockstep.add(batch);
      return !lockstep.ended;
    });
    const { compared, stopped, kinds, listed } = lockstep.result();
    if (stopped !== null) notes.push(`The comparison ended early: ${stopped}.`);
    return {
      profile: base.name,
      compared,
      differs: differsSentence(kinds, base.name, host.wine),
      notes: [...new Set(notes)],
      divergences: kinds.map(({ assumptions, first, ...kind }) => ({
        ...kind,
        assumptions: [...assumptions],
        first: { ...first, assumptions: [...first.assumptions] },
      })),
      listed: listed.map((one) => ({ ...one, assumptions: [...one.assumptions] })),
    };
  } finally {
    library.close();
  }
}

/** @param take returns false to end it */
async function eachBatch(
  library: RunLibrary,
  runId: string,
  notes: string[],
  take: (batch: Parameters<Lockstep['add']>[0]) => boolean | void,
): Promise<void> {
  try {
    for (const batch of library.events(runId)) {
      if (take(batch) === false) return;
      await setImmediate();
    }
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    notes.push(`The comparison ended early: ${error.message}.`);
  }
}
