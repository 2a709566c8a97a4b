import type { Activity } from '#engine/api/views.ts';
import type { RunWish } from '#engine/api/run-wish.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import type { RunningRun } from '../execute-run.ts';
import type { LabService } from '../lab-service.ts';
import type { PreparedRun } from '../prepare.ts';
import { withLibrary } from '../storage.ts';
import { requestOf } from './run-request-of.ts';

/** How often screens hear of a run's progress, ms. */
const TELL_EVERY_MS = 250;

interface Current {
  readonly prepared: PreparedRun;
  readonly stop: { reason: 'cancelled' | null };
  readonly running: RunningRun;
  share: number;
  words: string;
  /** The run's end, whatever it was; never rejects. */
  readonly ended: Promise<RunEnd>;
}

export interface RunEnd {
  readonly run: string;
  readonly title: string;
  readonly status: string;
  readonly verdict: string;
}

export interface RunDeskListener {
  activity(activities: readonly Activity[]): void;
  ended(end: RunEnd): void;
}

/** The run that goes on in this service: at most one, so that none disturbs another. */
export class RunDesk {
  readonly #lab: LabService;
  readonly #database: string;
  readonly #listener: RunDeskListener;
  #starting = false;
  #current: Current | null = null;

  constructor(lab: LabService, database: string, listener: RunDeskListener) {
    this.#lab = lab;
    this.#database = database;
    this.#listener = listener;
  }

  /** Whether real sockets are measured now. */
  get measuring(): boolean {
    return this.#current !== null && this.#current.prepared.basis !== 'modelled';
  }

  activities(): Activity[] {
    return this.#current === null ? [] : [this.#activityOf(this.#current)];
  }

  /**
   * Starts a run.
   * @returns its id, once it is in the library
   * @throws LabError refused while another goes on, and as LabService.prepare and run do
   */
  async start(wish: RunWish): Promise<string> {
    if (this.#starting || this.#current !== null) {
      throw new LabError(
        'refused',
        'a run is going on in this lab',
        'stop it, or wait for its end',
      );
    }
    this.#starting = true;
    try {
      const prepared = await this.#lab.prepare(requestOf(wish));
      return await this.#begin(prepared);
    } finally {
      this.#starting = false;
    }
  }

  /**
   * Ends a run; everything it holds is released when this answers.
   * @throws LabError usage for a run that doesn't go on here
   */
  async stop(run: string): Promise<RunEnd> {
    const current = this.#current;
    if (current === null || current.running.document.run.id !== run) {
      throw new LabError(
        'usage',
        `run ${run} is not going on in this lab`,
        'nothing is held by it',
      );
    }
    current.stop.reason ??= 'cancelled';
    this.#tell();
    return current.ended;
  }

  /** Ends whatever goes on, and waits for the release. */
  async close(): Promise<void> {
    const current = this.#current;
    if (current === null) return;
    current.stop.reason ??= 'cancelled';
    await current.ended;
  }

  #begin(prepared: PreparedRun): Promise<string> {
    return new Promise((resolve, reject) => {
      const stop = { reason: null as 'cancelled' | null };
      const timer = setInterval(() => this.#tell(), TELL_EVERY_MS);
      let started = false;
      const run = this.#lab.run(prepared, {
        stop,
        progress: (share, words) => {
          if (this.#current !== null) Object.assign(this.#current, { share, words });
        },
        started: (running) => {
          started = true;
          this.#current = { prepared, stop, running, share: 0, words: 'starting', ended };
          this.#tell();
          resolve(running.document.run.id);
        },
      });
      const ended: Promise<RunEnd> = run
        .then(
          (document) => endOf(document),
          (error: unknown) => this.#failed(error),
        )
        .then((end) => {
          clearInterval(timer);
          this.#current = null;
          if (started) {
            this.#tell();
            this.#listener.ended(end);
          }
          return end;
        });
      // A run that never began has nobody but the caller to tell.
      run.catch((error: unknown) => reject(LabError.from(error)));
    });
  }

  #failed(error: unknown): RunEnd {
    const document = this.#current?.running.document;
    return {
      run: document?.run.id ?? '',
      title: titleOf(document),
      status: 'failed',
      verdict: LabError.from(error).message,
    };
  }

  #tell(): void {
    this.#listener.activity(this.activities());
  }

  #activityOf({ prepared, running, share, words, stop }: Current): Activity {
    const { run } = running.document;
    const { limits, basis, experiment } = prepared;
    return {
      run: run.id,
      experiment: experiment.id,
      title: titleOf(running.document) || experiment.title,
      basis,
      startedAt: run.startedAt,
      share,
      words,
      held: running.holdings.held,
      freeOnAll: limits.freeOnAll === null ? null : limits.freeOnAll - running.holdings.union,
      reserve: limits.reserve,
      recorded: this.#recorded(run.id),
      stopping: stop.reason !== null,
    };
  }

  #recorded(id: string): number {
    try {
      return withLibrary(this.#database, (library) => library.progress(id).calls);
    } catch (error) {
      // Busy or gone for a moment: the run itself says when recording fails.
      if (error instanceof LabError) return 0;
      throw error;
    }
  }
}

function endOf(document: RunDocument): RunEnd {
  const { id, status } = document.run;
  return { run: id, title: titleOf(document), status, verdict: document.verdict };
}

function titleOf(document: RunDocument | undefined): string {
  return document?.run.title ?? document?.run.experiment ?? '';
}
