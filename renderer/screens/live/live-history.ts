import { LatencyHistogram } from '#engine/analysis/latency-histogram.ts';

/** Buckets a live chart has at most; an even number, so that neighbours can be merged. */
export const MAX_BUCKETS = 240;
/** Width of the first ones: a simulated run unpaced is over in milliseconds of its clock. */
const FIRST_WIDTH_NS = 10_000;

/** Percentiles within 1.6 %. */
export const LATENCY_SUB_BITS = 5;

/**
 * What was held and bound over time, in buckets of one width from the run's beginning on: when a time
 * lies past the last bucket, neighbours are merged and the width doubles. Bucket b covers the instants
 * from `b * width` up to, not including, `(b + 1) * width`. Times never go back by more than a bucket.
 */
export class LiveHistory {
  /** Held now, by group of addresses. */
  readonly now: Float64Array;
  readonly #groups: number;
  /** Held at each closed bucket's end, bucket after bucket. */
  readonly #held: Float64Array;
  readonly #binds = new Float64Array(MAX_BUCKETS);
  readonly #latency: (LatencyHistogram | undefined)[] = [];
  #width = FIRST_WIDTH_NS;
  #open = 0;

  constructor(groups: number) {
    this.#groups = groups;
    this.now = new Float64Array(groups);
    this.#held = new Float64Array(groups * MAX_BUCKETS);
  }

  /** ns */
  get width(): number {
    return this.#width;
  }

  /** Buckets that are over: their end has passed. */
  get closed(): number {
    return this.#open;
  }

  /** Held by a group at a closed bucket's end. */
  heldAt(bucket: number, group: number): number {
    return this.#held[bucket * this.#groups + group] ?? 0;
  }

  /** Successful binds in a bucket. */
  bindsIn(bucket: number): number {
    return this.#binds[bucket] ?? 0;
  }

  latencyIn(bucket: number): LatencyHistogram | undefined {
    return this.#latency[bucket];
  }

  /** Closes every bucket that ends at `t` or before. */
  advance(t: number): void {
    while ((this.#open + 1) * this.#width <= t) this.#close();
  }

  /**
   * `count` ports bound or freed by one call: instant i of 1 to `count` is `t + duration * i / count`.
   * @param step 1 for bound, -1 for freed
   */
  add(group: number, t: number, duration: number, count: number, step: 1 | -1): void {
    let done = 0;
    // A call that lies in one bucket, as nearly all do, goes round once.
    while ((this.#open + 1) * this.#width <= t + duration) {
      const end = (this.#open + 1) * this.#width;
      const before = duration === 0 ? 0 : Math.ceil(((end - t) * count) / duration) - 1;
      const until = Math.min(count, Math.max(done, before));
      this.#put(group, until - done, step);
      done = until;
      this.#close();
    }
    this.#put(group, count - done, step);
  }

  /** One bind that returned at `t` after `ns`. */
  addLatency(t: number, ns: number): void {
    this.advance(t);
    (this.#latency[this.#open] ??= new LatencyHistogram(LATENCY_SUB_BITS)).record(ns);
  }

  #put(group: number, count: number, step: 1 | -1): void {
    this.now[group] = (this.now[group] ?? 0) + step * count;
    if (step === 1) this.#binds[this.#open] = (this.#binds[this.#open] ?? 0) + count;
  }

  #close(): void {
    this.#held.set(this.now, this.#open * this.#groups);
    this.#open++;
    if (this.#open === MAX_BUCKETS) this.#merge();
  }

  /** All buckets are closed: two become one. */
  #merge(): void {
    const half = MAX_BUCKETS / 2;
    const groups = this.#groups;
    for (let bucket = 0; bucket < half; bucket++) {
      const right = (2 * bucket + 1) * groups;
      this.#held.copyWithin(bucket * groups, right, right + groups);
      this.#binds[bucket] = this.bindsIn(2 * bucket) + this.bindsIn(2 * bucket + 1);
      this.#latency[bucket] = merged(this.#latency[2 * bucket], this.#latency[2 * bucket + 1]);
    }
    this.#binds.fill(0, half);
    this.#latency.length = half;
    this.#width *= 2;
    this.#open = half;
  }
}

function merged(
  left: LatencyHistogram | undefined,
  right: LatencyHistogram | undefined,
): LatencyHistogram | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  left.merge(right);
  return left;
}
