/** How long a deletion can be taken back, s. */
export const UNDO_SECONDS = 600;

/**
 * Deletions that can still be taken back. A run in here is hidden, and deleted when its time is over
 * or the lab ends; if the lab is killed before, it is still there: nothing measured is lost by haste.
 */
export class Trash {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #delete: (run: string) => Promise<unknown>;

  /** @param forGood deletes a run that nobody took back */
  constructor(forGood: (run: string) => Promise<unknown>) {
    this.#delete = forGood;
  }

  /** The runs that are in here. */
  get ids(): readonly string[] {
    return [...this.#timers.keys()];
  }

  has(run: string): boolean {
    return this.#timers.has(run);
  }

  put(run: string): void {
    if (this.#timers.has(run)) return;
    this.#timers.set(run, setTimeout(() => void this.#empty(run), UNDO_SECONDS * 1_000).unref());
  }

  /** @returns whether it was in here */
  takeBack(run: string): boolean {
    clearTimeout(this.#timers.get(run));
    return this.#timers.delete(run);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#timers.keys()].map((run) => this.#empty(run)));
  }

  async #empty(run: string): Promise<void> {
    if (!this.takeBack(run)) return;
    // Deleted from elsewhere meanwhile, or the file is gone: either way there is nothing left to do.
    await this.#delete(run).catch(() => {});
  }
}
