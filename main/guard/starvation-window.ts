/** What was released may take the system so long to give out again, ms. */
export const AFTER_MS = 300;

/**
 * Whether the lab meant to starve option-less sockets at some moment. The lab takes ports only after
 * a window's opening was acknowledged, and closes it only after it has released them: so an attempt
 * that ran at any time between those two, or began shortly after, may have failed for the lab's sake.
 */
export class StarvationWindow {
  #open = false;
  /** When the last window closed, ms. */
  #closedAt = -Infinity;

  set(open: boolean, nowMs: number): void {
    if (this.#open && !open) this.#closedAt = nowMs;
    this.#open = open;
  }

  /** @param beganMs when the attempt began, which has just ended */
  covers(beganMs: number): boolean {
    return this.#open || beganMs < this.#closedAt + AFTER_MS;
  }
}
