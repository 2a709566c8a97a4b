import { LatencyHistogram } from '#engine/analysis/latency-histogram.ts';
import { LATENCY_SUB_BITS, type LiveHistory } from './live-history.ts';
import type { ArmCurve } from './live-snapshot.ts';

/** Rates and percentiles are taken over this many neighbouring buckets, so that they say something. */
const TOGETHER = 4;

/** The percentiles a curve has: p50, p95, p99. */
const SHARES = [0.5, 0.95, 0.99] as const;

/** One arm while it is folded: its moments, its counts, and its part of the history. */
export class ArmLine {
  readonly index: number;
  readonly begin: number;
  peak: number | null = null;
  phase: number | null = null;
  end: number | null = null;
  bound = 0;
  peakHeld = 0;
  peakUnion = 0;
  overlap = 0;
  readonly boundBy: Float64Array;
  #atPeak: Float64Array | null = null;

  constructor(index: number, begin: number, groups: number) {
    this.index = index;
    this.begin = begin;
    this.boundBy = new Float64Array(groups);
  }

  took(group: number, count: number, union: number): void {
    this.boundBy[group] = (this.boundBy[group] ?? 0) + count;
    if (union > this.peakUnion) this.peakUnion = union;
  }

  peaked(t: number, held: Float64Array): void {
    this.peak = t;
    this.#atPeak = held.slice();
  }

  /**
   * Points at the arm's beginning, at each bucket's end inside it, at its peak, and at its end or now.
   * @param bands groups of the run's own addresses; the history has one more for any other
   * @param unit of the points' x, ns
   */
  curve(history: LiveHistory, bands: number, now: number, unit: number): ArmCurve {
    const until = this.end ?? now;
    const { width, closed } = history;
    const firstEnd = Math.floor(this.begin / width) + 1;
    const lastEnd = Math.min(closed, Math.ceil(until / width) - 1);
    const moments: { t: number; held: (band: number) => number }[] = [
      { t: this.begin, held: () => 0 },
    ];
    for (let end = firstEnd; end <= lastEnd; end++) {
      moments.push({ t: end * width, held: (band) => history.heldAt(end - 1, band) });
    }
    const atPeak = this.#atPeak;
    if (this.peak !== null && atPeak !== null) {
      const { peak } = this;
      const at = moments.findIndex(({ t }) => t > peak);
      moments.splice(at < 0 ? moments.length : at, 0, {
        t: peak,
        held: (band) => atPeak[band] ?? 0,
      });
    }
    moments.push({
      t: until,
      held: (band) => (this.end === null ? (history.now[band] ?? 0) : 0),
    });
    const held = Array.from({ length: bands }, () => new Float64Array(moments.length * 2));
    moments.forEach(({ t, held: heldBy }, at) => {
      let sum = 0;
      held.forEach((points, band) => {
        sum += heldBy(band);
        points[at * 2] = t / unit;
        points[at * 2 + 1] = sum;
      });
    });
    return { index: this.index, held, ...this.#rates(history, until, unit) };
  }

  /** From the buckets that lie wholly inside the arm: in the others, other arms may have their share. */
  #rates(history: LiveHistory, until: number, unit: number): Omit<ArmCurve, 'index' | 'held'> {
    const { width, closed } = history;
    const first = Math.ceil(this.begin / width);
    const last = Math.min(closed, Math.floor(until / width));
    const rate: number[] = [];
    const percentiles: [number[], number[], number[]] = [[], [], []];
    for (let from = first; from + TOGETHER <= last; from += TOGETHER) {
      const middle = ((from + TOGETHER / 2) * width) / unit;
      const latency = new LatencyHistogram(LATENCY_SUB_BITS);
      let binds = 0;
      for (let bucket = from; bucket < from + TOGETHER; bucket++) {
        binds += history.bindsIn(bucket);
        const inBucket = history.latencyIn(bucket);
        if (inBucket !== undefined) latency.merge(inBucket);
      }
      rate.push(middle, (binds * 1e9) / (TOGETHER * width));
      if (latency.count === 0) continue;
      SHARES.forEach((share, at) => percentiles[at]?.push(middle, latency.quantile(share)));
    }
    return {
      rate: Float64Array.from(rate),
      p50: Float64Array.from(percentiles[0]),
      p95: Float64Array.from(percentiles[1]),
      p99: Float64Array.from(percentiles[2]),
    };
  }
}
