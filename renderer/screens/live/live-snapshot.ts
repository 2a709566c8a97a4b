import type { TimeUnit } from '#engine/chart/format.ts';
import type { LatencySummary, SeriesError } from '#engine/analysis/run-series.ts';

/** What the live screen shows of a run's events so far: plain data of bounded size, for a worker's post. */
export interface LiveSnapshot {
  /** Event rows folded, and the calls they stand for. */
  readonly rows: number;
  readonly calls: number;
  /** End of the last call, ns of the run's clock. */
  readonly t: number;
  readonly held: number;
  /** Numbers held now on at least one address. */
  readonly union: number;
  /** Bands of the run's addresses, and how many addresses each has. */
  readonly bands: readonly {
    readonly name: string;
    readonly short: string;
    readonly addresses: number;
  }[];
  /** By band. */
  readonly heldBy: Float64Array;
  /** Held now outside the run's own addresses. */
  readonly heldElsewhere: number;
  /** In order of beginning. */
  readonly arms: readonly LiveArm[];
  readonly curves: readonly ArmCurve[];
  /** Of the curves' x. */
  readonly unit: TimeUnit['name'];
}

export interface LiveArm {
  /** 1 and up, as its event rows carry it. */
  readonly index: number;
  /** Moments of the run's clock, ns; null while they have not come. */
  readonly begin: number;
  readonly peak: number | null;
  readonly phase: number | null;
  readonly end: number | null;
  readonly bound: number;
  readonly failedBinds: number;
  readonly peakHeld: number;
  /** Most numbers held at once on at least one address. */
  readonly peakUnion: number;
  /** Distinct numbers held on two or more addresses at once. */
  readonly overlap: number;
  /** Successful binds by band of addresses. */
  readonly boundBy: Float64Array;
  /** Binds a second from its beginning to its last bind; null where that is no time. */
  readonly bindsPerSecond: number | null;
  /** Of all its binds; null where the clock is no clock, or there was none. */
  readonly latency: LatencySummary | null;
  readonly firstError: SeriesError | null;
}

/** One arm over time: `[x0, y0, x1, y1, …]`, x on the run's clock, in the snapshot's unit. */
export interface ArmCurve {
  readonly index: number;
  /** Held by each band of addresses and those before it: the last one is all. */
  readonly held: readonly Float64Array[];
  readonly rate: Float64Array;
  /** ns as y; empty where the clock is no clock. */
  readonly p50: Float64Array;
  readonly p95: Float64Array;
  readonly p99: Float64Array;
}
