/** Instants that come faster than this are a moving playhead, ms. */
const MOVING_MS = 50;

/** Parts of the screen that take turns. */
export type Turn = 0 | 1;
/** The table of events, which is as costly as the port map and the words together. */
export const EVENTS_TURN: Turn = 0;
export const MAP_TURN: Turn = 1;

/**
 * While the playhead moves, what is costly to draw takes turns: one half of it with one instant, the
 * other with the next, and all of it as soon as the playhead rests. So a frame is drawn in time on a
 * machine that is busy elsewhere.
 */
export class PacedStates<State> {
  readonly #settled: () => void;
  #states: [State, State];
  #latest: State;
  #turn: Turn = 0;
  #movedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param settled both halves have caught up: time to draw them */
  constructor(first: State, settled: () => void) {
    this.#settled = settled;
    this.#states = [first, first];
    this.#latest = first;
  }

  of(turn: Turn): State {
    return this.#states[turn];
  }

  /**
   * @param moves it is another instant
   * @param now ms
   */
  take(state: State, moves: boolean, now: number): void {
    this.#latest = state;
    const moving = moves && now - this.#movedAt < MOVING_MS;
    if (moves) this.#movedAt = now;
    if (!moving) {
      this.#states = [state, state];
      return;
    }
    this.#turn = this.#turn === 0 ? 1 : 0;
    this.#states[this.#turn] = state;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#states = [this.#latest, this.#latest];
      this.#settled();
    }, MOVING_MS);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
