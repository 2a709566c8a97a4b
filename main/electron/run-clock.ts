/** How long runs have been seen to go on, by this machine's clock: the service's may be elsewhere. */
export class RunClock {
  readonly #since = new Map<string, number>();

  /** @param runs all that go on @param nowMs of a clock that never jumps */
  saw(runs: readonly string[], nowMs: number): void {
    for (const run of runs) {
      if (!this.#since.has(run)) this.#since.set(run, nowMs);
    }
  }

  /** @returns ms, at least; 0 for a run never seen */
  ended(run: string, nowMs: number): number {
    const since = this.#since.get(run);
    this.#since.delete(run);
    return since === undefined ? 0 : nowMs - since;
  }
}
