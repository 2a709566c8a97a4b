import { useSyncExternalStore } from 'react';
import type { LabClient } from '#engine/api/client.ts';
import { count } from '#engine/model/words.ts';

/** Runs that were deleted together and can still be taken back. */
export interface Deletion {
  readonly runs: readonly string[];
  /** When they are gone for good, ms since 1970. */
  readonly until: number;
}

/** Most runs the service deletes at once. */
const MOST_AT_ONCE = 10_000;

/** What was deleted, newest last; a step is forgotten when its time is over. */
export class Deletions {
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #steps: readonly Deletion[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  get steps(): readonly Deletion[] {
    return this.#steps;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * @returns how many were deleted
   * @throws LabError where one of them can't be: then none is
   */
  async delete(client: LabClient, runs: readonly string[]): Promise<number> {
    let deleted = 0;
    for (let at = 0; at < runs.length; at += MOST_AT_ONCE) {
      const answer = await client.call('deleteRuns', { runs: runs.slice(at, at + MOST_AT_ONCE) });
      deleted += answer.deleted.length;
      const until = this.#now() + answer.untilSeconds * 1_000;
      this.#set([...this.#steps, { runs: answer.deleted, until }]);
    }
    return deleted;
  }

  /**
   * Takes the newest step back.
   * @returns what came back; less than was deleted where the lab ended meanwhile
   */
  async undo(client: LabClient): Promise<{ asked: number; restored: number }> {
    const step = this.#steps.at(-1);
    if (step === undefined) return { asked: 0, restored: 0 };
    const { restored } = await client.call('undeleteRuns', { runs: [...step.runs] });
    this.#set(this.#steps.filter((other) => other !== step));
    return { asked: step.runs.length, restored: restored.length };
  }

  #set(steps: readonly Deletion[]): void {
    const now = this.#now();
    this.#steps = steps.filter(({ until }) => until > now);
    clearTimeout(this.#timer);
    const next = Math.min(...this.#steps.map(({ until }) => until));
    if (Number.isFinite(next)) this.#timer = setTimeout(() => this.#set(this.#steps), next - now);
    for (const listener of this.#listeners) listener();
  }
}

/** `3 runs deleted.`, and how many earlier ones can be taken back too. */
export function deletedWords(steps: readonly Deletion[]): string {
  const [newest, ...earlier] = steps.toReversed();
  if (newest === undefined) return '';
  const before = earlier.reduce((sum, { runs }) => sum + runs.length, 0);
  const words = `${count(newest.runs.length, 'run')} deleted.`;
  return before === 0 ? words : `${words} ${count(before, 'run')} before that.`;
}

export function restoredWords({ asked, restored }: { asked: number; restored: number }): string {
  if (restored === asked) return `${count(restored, 'run')} back in the list.`;
  const lost = count(asked - restored, 'run');
  return `${lost} could not be taken back: the lab ended meanwhile, and deletions with it became final.`;
}

/** The window's own: can be taken back from whatever screen one returns from. */
export const deletions = new Deletions(() => Date.now());

export function useDeletions(): readonly Deletion[] {
  return useSyncExternalStore(
    (listener) => deletions.subscribe(listener),
    () => deletions.steps,
  );
}
