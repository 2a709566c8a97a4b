import { LatencyHistogram } from './latency-histogram.ts';
import type { LevelLatencyPoint } from './run-series.ts';

/** Buckets the fill level is cut into at most. */
export const MAX_LEVEL_BUCKETS = 100;

/** Binds a point stands for at least, so that its p95 rests on more than one of them. */
const MIN_BINDS = 50;

/** Sub-bits of a bucket's histogram: percentiles within 1.6 %, 3.6 KB a bucket. */
const SUB_BITS = 5;

/**
 * Latency against fill level: what a bind took when so many ports were held. At most 100 buckets of
 * equal width; a level past the last bucket merges neighbours and doubles the width.
 */
export class LevelLatency {
  #buckets: (LatencyHistogram | undefined)[] = [];
  #width = 1;

  /**
   * @param level ports held just before the bind, 0 and up
   * @param ns duration of the bind
   */
  record(level: number, ns: number): void {
    while (level >= this.#width * MAX_LEVEL_BUCKETS) this.#widen();
    const bucket = Math.floor(level / this.#width);
    const histogram = (this.#buckets[bucket] ??= new LatencyHistogram(SUB_BITS));
    histogram.record(ns);
  }

  /**
   * Points in order of level. Neighbouring buckets share one until it stands for 50 binds; what
   * remains goes to the last.
   */
  points(): LevelLatencyPoint[] {
    const groups: { from: number; to: number; histogram: LatencyHistogram }[] = [];
    for (const [bucket, histogram] of this.#buckets.entries()) {
      if (histogram === undefined) continue;
      const from = bucket * this.#width;
      let group = groups.at(-1);
      if (group === undefined || group.histogram.count >= MIN_BINDS) {
        group = { from, to: from, histogram: new LatencyHistogram(SUB_BITS) };
        groups.push(group);
      }
      group.to = from + this.#width - 1;
      group.histogram.merge(histogram);
    }
    const last = groups.at(-1);
    const before = groups.at(-2);
    if (last !== undefined && before !== undefined && last.histogram.count < MIN_BINDS) {
      before.histogram.merge(last.histogram);
      before.to = last.to;
      groups.pop();
    }
    return groups.map(({ from, to, histogram }) => ({
      from,
      to,
      count: histogram.count,
      p50: histogram.quantile(0.5),
      p95: histogram.quantile(0.95),
      max: histogram.max,
    }));
  }

  #widen(): void {
    const merged: (LatencyHistogram | undefined)[] = [];
    for (let bucket = 0; bucket < this.#buckets.length; bucket += 2) {
      const left = this.#buckets[bucket];
      const right = this.#buckets[bucket + 1];
      if (left !== undefined && right !== undefined) left.merge(right);
      merged.push(left ?? right);
    }
    this.#buckets = merged;
    this.#width *= 2;
  }
}
