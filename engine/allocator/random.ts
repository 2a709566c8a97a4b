/**
 * Seeded randomness for models (sfc32, Chris Doty-Humphrey's small fast counting generator: 128 bits
 * of state, passes PractRand). Not for secrets. The same seed gives the same numbers everywhere.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  /**
   * @param seed integer from 0 to 2^53 - 1
   * @param stream tells generators of one seed apart
   */
  constructor(seed: number, stream = 0) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 4_294_967_296) | 0;
    this.#c = (0x9e3779b9 + stream) | 0;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Where the generator is, for `restore`. */
  state(): readonly [number, number, number, number] {
    return [this.#a, this.#b, this.#c, this.#count];
  }

  /** Goes back to where `state` was taken: the same numbers follow. */
  restore(state: readonly [number, number, number, number]): void {
    [this.#a, this.#b, this.#c, this.#count] = state;
  }

  /** 0 to 4,294,967,295. */
  next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Uniform over 0 to `limit - 1`, without modulo bias. @param limit 1 to 4,294,967,296 */
  below(limit: number): number {
    const unbiased = 4_294_967_296 - (4_294_967_296 % limit);
    let value = this.next();
    while (value >= unbiased) value = this.next();
    return value % limit;
  }
}
