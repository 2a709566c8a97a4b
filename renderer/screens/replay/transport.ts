import { formatNumber } from '#engine/chart/format.ts';

/** How fast a replay can go; the last as fast as it can be drawn. */
export const SPEEDS = [0.25, 1, 10, 100, 1_000, Number.POSITIVE_INFINITY] as const;
export type Speed = (typeof SPEEDS)[number];

/** `¼×`, `1,000×`, `max`. */
export function speedName(speed: Speed): string {
  if (!Number.isFinite(speed)) return 'max';
  return `${speed === 0.25 ? '¼' : formatNumber(speed)}×`;
}
