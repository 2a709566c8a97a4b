import { advance } from '#engine/replay/pace.ts';
import type { Speed } from './transport.ts';

/** The run's clock while it plays. */
export class PlayClock {
  /** ns; null until the instant it goes on from is known. */
  #t: number | null = null;
  /** When it was looked at last, ms. */
  #lookedAt = 0;

  get isSet(): boolean {
    return this.#t !== null;
  }

  /** @param now of the same clock as `on` is told */
  set(t: number, now: number): void {
    this.#t = t;
    this.#lookedAt = now;
  }

  /** It waits for an instant. */
  clear(): void {
    this.#t = null;
  }

  /** Where it is now; null while it waits. */
  on(now: number, speed: Speed, unit: number, end: number): number | null {
    if (this.#t === null) return null;
    this.#t = advance(this.#t, Math.max(0, now - this.#lookedAt), speed, unit, end);
    this.#lookedAt = now;
    return this.#t;
  }
}
