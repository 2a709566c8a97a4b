/** Buckets a curve over time has at most. */
export const MAX_TIME_BUCKETS = 400;

/**
 * Counts instants in at most 400 buckets of equal width over a span nobody knows beforehand: when
 * an instant lies past the last bucket, neighbours are merged and the width doubles. So what is
 * counted per bucket stays exact, and a long span keeps 200 buckets or more.
 */
export class TimeCounts {
  readonly #origin: number;
  readonly #counts = new Float64Array(MAX_TIME_BUCKETS);
  #width = 1;
  #total = 0;

  /** @param origin where the first bucket begins, ns; earlier instants are counted in it */
  constructor(origin: number) {
    this.#origin = origin;
  }

  get total(): number {
    return this.#total;
  }

  /** @param t integer ns */
  add(t: number): void {
    this.#cover(t);
    this.#put(this.#bucketOf(t), 1);
  }

  /**
   * Counts `n` instants spread evenly over a call: instant `i` of 1 to `n` is
   * `t + floor(duration * i / n)`.
   */
  addSpread(t: number, duration: number, n: number): void {
    if (n === 0) return;
    this.#cover(t + duration);
    const last = this.#bucketOf(t + duration);
    let before = 0;
    for (let bucket = this.#bucketOf(t); bucket < last; bucket++) {
      const reach = this.#origin + (bucket + 1) * this.#width - t;
      const until = Math.min(n, Math.max(before, Math.ceil((reach * n) / duration) - 1));
      this.#put(bucket, until - before);
      before = until;
    }
    this.#put(last, n - before);
  }

  /**
   * How many instants had come by the end of each bucket; buckets that added nothing are left out.
   * @returns points in order of time; `t` is the bucket's end, ns
   */
  cumulative(): { t: number; count: number }[] {
    const points: { t: number; count: number }[] = [];
    let count = 0;
    this.#counts.forEach((added, bucket) => {
      if (added === 0) return;
      count += added;
      points.push({ t: this.#origin + (bucket + 1) * this.#width, count });
    });
    return points;
  }

  #put(bucket: number, n: number): void {
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + n;
    this.#total += n;
  }

  #bucketOf(t: number): number {
    return Math.max(0, Math.floor((t - this.#origin) / this.#width));
  }

  #cover(t: number): void {
    while (this.#bucketOf(t) >= MAX_TIME_BUCKETS) {
      for (let bucket = 0; bucket < MAX_TIME_BUCKETS; bucket++) {
        const left = this.#counts[2 * bucket] ?? 0;
        this.#counts[bucket] = left + (this.#counts[2 * bucket + 1] ?? 0);
      }
      this.#width *= 2;
    }
  }
}
