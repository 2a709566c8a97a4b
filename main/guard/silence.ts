/** Time between two looks that counts at most: beyond that the listener itself was not awake. */
const AWAKE_MS = 1_000;

/**
 * How long somebody has been silent, counted by the time the listener was awake to hear: after a
 * suspend, or a long call of the listener's own, there is a chance to be heard first.
 */
export class Silence {
  readonly #patienceMs: number;
  #lookedAt: number;
  #silentMs = 0;

  /** @param nowMs any clock that never goes back, ms; the same for every call */
  constructor(patienceMs: number, nowMs: number) {
    this.#patienceMs = patienceMs;
    this.#lookedAt = nowMs;
  }

  heard(): void {
    this.#silentMs = 0;
  }

  /** To be called well within every second. @returns whether the silence has lasted too long */
  look(nowMs: number): boolean {
    this.#silentMs += Math.min(nowMs - this.#lookedAt, AWAKE_MS);
    this.#lookedAt = nowMs;
    return this.#silentMs >= this.#patienceMs;
  }
}
