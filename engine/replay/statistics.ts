import { LatencyHistogram } from '../analysis/latency-histogram.ts';
import type { LatencySummary } from '../analysis/run-series.ts';
import { OP } from '../event/op.ts';
import { type EventStore, armOf, codeOf, opOf } from './event-store.ts';
import { eachStretch } from './replay.ts';
import { isFailedCall } from './replay-state.ts';

/** Rows `from` to `to - 1`. */
export interface RowSpan {
  readonly from: number;
  readonly to: number;
}

export interface LatencyQuestion extends RowSpan {
  readonly op: number;
  /** Of all arms where left out. */
  readonly arm?: number;
}

/** How long successful calls of a kind took. @returns null where there were none */
export function latencyIn(
  events: EventStore,
  { from, to, op, arm }: LatencyQuestion,
): LatencySummary | null {
  const histogram = new LatencyHistogram();
  eachStretch(events, from, to, ({ what, dur }, first, end) => {
    for (let at = first; at < end; at++) {
      const row = what[at]!;
      if (opOf(row) !== op || codeOf(row) !== 0) continue;
      if (arm === undefined || armOf(row) === arm) histogram.record(dur[at]!);
    }
  });
  if (histogram.count === 0) return null;
  return {
    count: histogram.count,
    p50: histogram.quantile(0.5),
    p95: histogram.quantile(0.95),
    p99: histogram.quantile(0.99),
    max: histogram.max,
  };
}

/** Failed calls by op and code, the most frequent first. */
export function failuresIn(
  events: EventStore,
  { from, to }: RowSpan,
): { readonly op: number; readonly code: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  eachStretch(events, from, to, ({ what }, first, end) => {
    for (let at = first; at < end; at++) {
      const row = what[at]!;
      const code = codeOf(row);
      if (code === 0 || !isFailedCall(opOf(row), code)) continue;
      const key = opOf(row) * 65_536 + code;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  });
  return [...counts]
    .map(([key, count]) => ({ op: Math.floor(key / 65_536), code: key % 65_536, count }))
    .toSorted((a, b) => b.count - a.count || a.op - b.op || a.code - b.code);
}

/** Successful binds and what they took over time. */
export interface BindBuckets {
  /** Start of the first bucket and width of each, ns. */
  readonly from: number;
  readonly width: number;
  readonly count: Float64Array;
  /** Shortest and longest `bind` call, ns; 0 where the bucket has none (a `fill` row times no call). */
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/**
 * Binds that succeeded between two instants, in buckets of one width: for a chart of any part of a run. A
 * row that came late counts in the bucket its time says, or in the first.
 * @param buckets 1 and up
 */
export function bindsOver(
  events: EventStore,
  { from, to, buckets }: { readonly from: number; readonly to: number; readonly buckets: number },
): BindBuckets {
  const width = Math.max(1, (to - from) / buckets);
  const count = new Float64Array(buckets);
  const min = new Float64Array(buckets).fill(Infinity);
  const max = new Float64Array(buckets);
  const first = Math.max(0, events.seqAt(from - 1) + 1);
  eachStretch(events, first, events.seqAt(to) + 1, (segment, start, end) => {
    const { what, dur, value } = segment;
    for (let at = start; at < end; at++) {
      const op = opOf(what[at]!);
      if ((op !== OP.bind && op !== OP.fill) || codeOf(what[at]!) !== 0) continue;
      const place = Math.floor((segment.t(at) - from) / width);
      const bucket = Math.max(0, Math.min(buckets - 1, place));
      if (op === OP.fill) {
        count[bucket] = count[bucket]! + value[at]!;
        continue;
      }
      count[bucket] = count[bucket]! + 1;
      const took = dur[at]!;
      if (took < min[bucket]!) min[bucket] = took;
      if (took > max[bucket]!) max[bucket] = took;
    }
  });
  for (let bucket = 0; bucket < buckets; bucket++) {
    if (min[bucket] === Infinity) min[bucket] = 0;
  }
  return { from, width, count, min, max };
}

/** Rows a rate at an instant looks back over at most. */
const MOST_LOOKED_BACK = 2_000_000;

/**
 * Successful binds in the second of the run's clock before a row began, and how long they took.
 * @returns per second of the time there was, which is less near the run's beginning
 */
export function lastSecond(
  events: EventStore,
  seq: number,
): { readonly bindsPerSecond: number | null; readonly latency: LatencySummary | null } {
  if (seq < 0) return { bindsPerSecond: null, latency: null };
  const now = events.t(seq);
  const begin = Math.max(0, now - 1e9);
  const from = Math.max(0, seq + 1 - MOST_LOOKED_BACK, events.seqAt(begin - 1) + 1);
  let binds = 0;
  eachStretch(events, from, seq + 1, ({ what, value }, first, end) => {
    for (let at = first; at < end; at++) {
      const op = opOf(what[at]!);
      if (codeOf(what[at]!) !== 0) continue;
      if (op === OP.bind) binds++;
      else if (op === OP.fill) binds += value[at]!;
    }
  });
  const seconds = (now - Math.max(begin, events.t(from))) / 1e9;
  return {
    bindsPerSecond: seconds > 0 ? binds / seconds : null,
    latency: latencyIn(events, { from, to: seq + 1, op: OP.bind }),
  };
}
