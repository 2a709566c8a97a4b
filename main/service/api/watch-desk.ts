import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WatchView } from '#engine/api/views.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { LabService } from '../lab-service.ts';

interface Watch {
  readonly everySeconds: number;
  readonly ending: AbortController;
  /** Settles once the last look is recorded. */
  over: Promise<void>;
  ended: boolean;
  problem: string | null;
}

/**
 * Watches that screens started: one of this host, one of each profile. They go on without a screen, and
 * rest while real sockets are measured, since a look starts programs.
 */
export class WatchDesk {
  readonly #lab: LabService;
  readonly #measuring: () => boolean;
  readonly #watches = new Map<string, Watch>();

  /** @param measuring whether a run on real sockets goes on */
  constructor(lab: LabService, measuring: () => boolean) {
    this.#lab = lab;
    this.#measuring = measuring;
  }

  /** In place of the one that went on. @throws LabError as LabService.watch */
  async start(everySeconds: number, profile: string | undefined): Promise<void> {
    await this.stop(profile);
    const ending = new AbortController();
    const watch: Watch = {
      everySeconds,
      ending,
      over: Promise.resolve(),
      ended: false,
      problem: null,
    };
    const looking = this.#lab.watch(
      profile,
      { everySeconds, forSeconds: undefined },
      {
        signal: ending.signal,
        mayLook: () => profile !== undefined || !this.#measuring(),
        sample: (_, problem) => {
          watch.problem = problem?.message ?? null;
        },
      },
    );
    // What can't begin says so at once.
    await Promise.race([looking, nextTurn()]);
    watch.over = followed(looking, watch);
    this.#watches.set(profile ?? '', watch);
  }

  /** Waits for the look that goes on. */
  async stop(profile: string | undefined): Promise<void> {
    const watch = this.#watches.get(profile ?? '');
    if (watch === undefined) return;
    this.#watches.delete(profile ?? '');
    watch.ending.abort();
    await watch.over;
  }

  state(profile: string | undefined): Pick<WatchView, 'watching' | 'problem'> {
    const watch = this.#watches.get(profile ?? '');
    if (watch === undefined) return { watching: null, problem: null };
    const { everySeconds, ended, problem } = watch;
    return { watching: ended ? null : { everySeconds }, problem };
  }

  async close(): Promise<void> {
    const watches = [...this.#watches.values()];
    this.#watches.clear();
    for (const { ending } of watches) ending.abort();
    await Promise.all(watches.map(({ over }) => over));
  }
}

/** Notes that a watch ended, and why where it ended by itself. */
async function followed(looking: Promise<unknown>, watch: Watch): Promise<void> {
  try {
    await looking;
  } catch (error) {
    watch.problem = LabError.from(error).message;
  }
  watch.ended = true;
}
