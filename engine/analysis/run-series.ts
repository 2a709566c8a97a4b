import type { OpName } from '../event/op.ts';

/**
 * What charts and measures need of a run's events: plain data of bounded size, whatever the run's.
 * All times and durations are integer ns, times from the run's start.
 *
 * On the simulated stack every call takes 1,000 ns of virtual time by convention. Its times and
 * latencies are computed like any other, and are not measurements: whoever shows them says so or
 * leaves them out.
 */
export interface RunSeries {
  /** In order of arm index. */
  readonly arms: readonly ArmSeries[];
}

export interface ArmSeries {
  /** The arm's place in the run: `Arm.index` of the run document. */
  readonly index: number;
  /** The arm's `armBegin` mark, or its first call where there is none. */
  readonly begin: number;
  /** End of the arm's last call. */
  readonly end: number;
  /** Successful binds: those whose socket then named a port, and those a `fill` row stands for. */
  readonly bound: number;
  readonly failedBinds: number;
  /** Most ports the arm held at once. */
  readonly peakHeld: number;
  /** In order of first bind. */
  readonly perAddress: readonly AddressSeries[];
  /** At most 401 points, from (begin, 0) to (last bind, bound). */
  readonly binds: readonly BindPoint[];
  /** Successful binds over the time from `begin` to the end of the last one; null where that is 0. */
  readonly bindsPerSecond: number | null;
  /** Of successful `bind` calls; null where no row gives one (a simulated `fill` does not). */
  readonly latency: LatencySummary | null;
  /** At most 100 points, each of 50 binds or more where there are so many. */
  readonly latencyByLevel: readonly LevelLatencyPoint[];
  readonly firstError: SeriesError | null;
}

export interface AddressSeries {
  readonly address: string;
  readonly bound: number;
  /** Most ports of this address the arm held at once. */
  readonly peakHeld: number;
}

export interface BindPoint {
  readonly t: number;
  /** Successful binds until `t`. */
  readonly bound: number;
}

/** Percentiles within 0.4 % (see LatencyHistogram); `max` is exact. */
export interface LatencySummary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Percentiles within 1.6 %; `max` is exact. */
export interface LevelLatencyPoint {
  /** Ports held when the bind was called: `from` to `to`, both included. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** The first call that failed for want of a port or a socket; refused options don't count. */
export interface SeriesError {
  readonly call: OpName;
  readonly code: number;
  /** Local address of the call, the remote one of a connect; '' where the row has none. */
  readonly address: string;
  readonly t: number;
  /** Ports the arm held at that moment. */
  readonly held: number;
}
