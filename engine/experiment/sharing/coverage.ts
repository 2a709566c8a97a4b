/** Binds after which a span of an unknown range has been gone over, in spans; and at least so many. */
const ROUNDS = 4;
const ROUNDS_LEAST = 2_000;
/** Binds without a new number, in numbers met, after which there are none to come; and at least so many. */
const STALE = 8;
const STALE_LEAST = 2_000;

/** Which numbers a sweep met, and how much of the range that is. */
export class Coverage {
  /** Binds that succeeded. */
  swept = 0;
  #distinct = 0;
  /** `swept` when the last new number came. */
  #freshAt = 0;
  #lowest = 65_535;
  #highest = 0;
  readonly #held: ReadonlySet<number>;
  readonly #freeOnAll: number | null;
  readonly #seen = new Uint8Array(65_536);

  /**
   * @param held numbers the lab holds meanwhile
   * @param freeOnAll numbers free on all addresses before; null where the range is unknown
   */
  constructor(held: ReadonlySet<number>, freeOnAll: number | null) {
    this.#held = held;
    this.#freeOnAll = freeOnAll;
    for (const port of held) this.#widen(port);
  }

  saw(port: number): void {
    this.swept++;
    this.#widen(port);
    if (this.#seen[port] === 1 || this.#held.has(port)) return;
    this.#seen[port] = 1;
    this.#distinct++;
    this.#freshAt = this.swept;
  }

  /**
   * Numbers met, of those the sweep could meet without a repeat: what is free on all addresses, or,
   * where the range is unknown, the span of the numbers seen. 0 to 1.
   */
  get share(): number {
    return Math.min(1, this.#distinct / Math.max(1, this.#all - this.#held.size));
  }

  /**
   * Whether the range was gone over: once round, and the share met. A short run of neighbours covers
   * its own span, so where the range is unknown it takes several rounds.
   * @param lap binds of one round
   */
  covered(enough: number, lap: number): boolean {
    const round = this.#freeOnAll === null ? Math.max(ROUNDS * this.#all, ROUNDS_LEAST) : lap;
    return this.swept >= round && this.share >= enough;
  }

  /**
   * Whether, in an unknown range, the host has long given no number that it had not given before. It
   * need not give them all: Linux keeps to every other number as long as it can.
   */
  get stale(): boolean {
    return (
      this.#freeOnAll === null &&
      this.swept - this.#freshAt > Math.max(STALE_LEAST, STALE * this.#distinct)
    );
  }

  get #all(): number {
    return this.#freeOnAll ?? Math.max(0, this.#highest - this.#lowest + 1);
  }

  #widen(port: number): void {
    if (port < this.#lowest) this.#lowest = port;
    if (port > this.#highest) this.#highest = port;
  }
}
