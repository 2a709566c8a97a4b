/**
 * Counts durations in buckets that grow with the value (log-linear, as HdrHistogram does): every
 * octave is cut into `2 ** subBits` equal buckets. Values below `2 ** (subBits + 1)` ns are exact.
 *
 * Error bound: a quantile differs from the exact one by less than `2 ** -(subBits + 1)` of it, 0.4 %
 * with the default 7, 1.6 % with 5. Count, min and max are exact. Memory: 13 KB with 7 sub-bits,
 * 3.6 KB with 5, however many values come.
 */
export class LatencyHistogram {
  readonly #subBits: number;
  readonly #counts: Uint32Array;
  #count = 0;
  #min = 0xffff_ffff;
  #max = 0;

  /** @param subBits 1 to 12 */
  constructor(subBits = 7) {
    this.#subBits = subBits;
    this.#counts = new Uint32Array((31 - subBits + 2) << subBits);
  }

  get count(): number {
    return this.#count;
  }

  /** Largest value, ns; 0 when there is none. */
  get max(): number {
    return this.#max;
  }

  /** @param ns integer, 0 to 4,294,967,295 (what an event row's `dur` can hold) */
  record(ns: number): void {
    const bucket = this.#bucketOf(ns);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count++;
    if (ns < this.#min) this.#min = ns;
    if (ns > this.#max) this.#max = ns;
  }

  /** Adds all that `other` counted. Both must have the same sub-bits. */
  merge(other: LatencyHistogram): void {
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (other.#counts[bucket] ?? 0);
    }
    this.#count += other.#count;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  /**
   * The value at nearest rank: the smallest one that at least `share` of all values do not exceed.
   * @param share 0 to 1
   * @returns integer ns within the error bound; 0 when nothing was recorded
   */
  quantile(share: number): number {
    if (this.#count === 0) return 0;
    const rank = Math.max(1, Math.ceil(share * this.#count));
    if (rank === this.#count) return this.#max;
    let seen = 0;
    for (let bucket = 0; bucket < this.#counts.length; bucket++) {
      seen += this.#counts[bucket] ?? 0;
      if (seen >= rank) return Math.min(this.#max, Math.max(this.#min, this.#middleOf(bucket)));
    }
    return this.#max;
  }

  #bucketOf(ns: number): number {
    const shift = Math.max(0, 31 - Math.clz32(ns) - this.#subBits);
    return (shift << this.#subBits) + (ns >>> shift);
  }

  #middleOf(bucket: number): number {
    const shift = Math.max(0, (bucket >>> this.#subBits) - 1);
    const low = (bucket - (shift << this.#subBits)) * 2 ** shift;
    return low + Math.floor((2 ** shift - 1) / 2);
  }
}
