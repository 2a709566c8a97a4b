/** Points a timeline has at most; an even number, so that neighbours can be merged. */
export const TIMELINE_POINTS = 1_024;
const FIRST_WIDTH_NS = 1_000;

/** Ports held, and numbers held on at least one address. */
export interface Level {
  readonly held: number;
  readonly union: number;
}

/** A timeline's points, column by column. Nothing is said of the time after the last one. */
export interface TimelinePoints {
  /** ns that a point stands for; point p for the time from `p * width` on. */
  readonly width: number;
  /** Most ports held in that time. */
  readonly held: Float64Array;
  /** Most numbers held on at least one address. */
  readonly union: Float64Array;
}

/**
 * What was held over a whole run of a length nobody knows beforehand, in at most 1,024 points: when a
 * time lies past the last, neighbours are merged and the width doubles. A peak is never lost.
 */
export class HeldTimeline {
  readonly #held = new Float64Array(TIMELINE_POINTS);
  readonly #union = new Float64Array(TIMELINE_POINTS);
  #width = FIRST_WIDTH_NS;
  #last = 0;
  #now = 0;
  #nowUnion = 0;

  /** Whether what was held at two times is told by one point. */
  isOnePoint(a: number, b: number): boolean {
    return this.#pointOf(a) === this.#pointOf(b);
  }

  /**
   * From `t` on so much is held. Times that go back a little count in the point last reached.
   * @param most held meanwhile, since the call before; the same where left out
   */
  add(t: number, now: Level, most: Level = now): void {
    while (t / this.#width >= TIMELINE_POINTS) this.#merge();
    const point = this.#pointOf(t);
    while (this.#last < point) {
      this.#last++;
      this.#held[this.#last] = this.#now;
      this.#union[this.#last] = this.#nowUnion;
    }
    this.#now = now.held;
    this.#nowUnion = now.union;
    if (most.held > this.#held[this.#last]!) this.#held[this.#last] = most.held;
    if (most.union > this.#union[this.#last]!) this.#union[this.#last] = most.union;
  }

  #pointOf(t: number): number {
    return Math.max(this.#last, Math.floor(t / this.#width));
  }

  points(): TimelinePoints {
    const count = this.#last + 1;
    return {
      width: this.#width,
      held: this.#held.slice(0, count),
      union: this.#union.slice(0, count),
    };
  }

  #merge(): void {
    const half = TIMELINE_POINTS / 2;
    for (const values of [this.#held, this.#union]) {
      for (let point = 0; point < half; point++) {
        values[point] = Math.max(values[2 * point]!, values[2 * point + 1]!);
      }
      values.fill(0, half);
    }
    this.#width *= 2;
    this.#last >>>= 1;
  }
}
