export interface AxisScale {
  /** Drawn end of the axis: a multiple of `interval`, at or above what must be inside. */
  readonly max: number;
  readonly interval: number;
}

const STEPS = [1, 2, 2.5, 5, 10];

/**
 * A scale from 0 with round steps and few of them.
 * @param max largest value to show, 0 and up
 * @param intervals at most so many steps (so one tick more)
 */
export function axisScale(max: number, intervals = 5): AxisScale {
  if (!(max > 0)) return { max: 1, interval: 1 };
  const magnitude = 10 ** Math.floor(Math.log10(max / intervals));
  for (const step of STEPS) {
    const interval = step * magnitude;
    const count = Math.ceil(max / interval - 1e-9);
    if (count <= intervals) return { max: round(count * interval), interval: round(interval) };
  }
  return { max: round(magnitude * 10 * intervals), interval: round(magnitude * 10) };
}

/** Takes away what floating point added (0.6000000000000001), which an axis would print. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
