/** One measured comparison: ours and a yardstick, interleaved in the same run. */
export interface BenchResult {
  readonly name: string;
  readonly ours: number;
  readonly yardstick: number;
  /** Unit of both figures, e.g. `ns/socket` or `rows/s`. */
  readonly unit: string;
  /** ours / yardstick in that unit. */
  readonly ratio: number;
  readonly rounds: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The result of paired rounds: medians of both and the median of the rounds' ratios. */
export function compare(
  name: string,
  unit: string,
  rounds: readonly { readonly ours: number; readonly yardstick: number }[],
): BenchResult {
  return {
    name,
    unit,
    ours: median(rounds.map((round) => round.ours)),
    yardstick: median(rounds.map((round) => round.yardstick)),
    ratio: median(rounds.map((round) => round.ours / round.yardstick)),
    rounds: rounds.length,
  };
}
