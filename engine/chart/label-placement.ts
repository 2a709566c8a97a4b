import type { AxisScale } from './axis-scale.ts';
import type { ChartOption, PlotMargin } from './echarts-parts.ts';

export interface PlacedLabel {
  readonly words: 'after' | 'under' | 'none';
  /** Position and offset of an ECharts label. */
  readonly option: ChartOption;
}

export interface PlotGeometry {
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly margin: PlotMargin;
  /** Of the whole chart, px. */
  readonly width: number;
  readonly height: number;
  readonly compact: boolean;
  /** Labels have no words under their figure. */
  readonly oneLine: boolean;
}

/** How far a label goes aside that found no room under its line's end. */
const CLEAR_PX = 56;

/** Label height with the gap to the next, px. */
const LINE_PX = 16;

/**
 * Puts each line's label beside its end without two lying on each other: where ends come close, the
 * lower ones move down, and all move up again when they reach the bottom.
 * @param ends last point of each line, in the axes' units
 */
export function placeLabels(
  ends: readonly (readonly [number, number])[],
  geometry: PlotGeometry,
): PlacedLabel[] {
  const { margin, width, height, compact, oneLine, x, y } = geometry;
  const plotWidth = width - margin.left - margin.right;
  const plotHeight = height - margin.top - margin.bottom;
  const spots = ends.map(([endX, endY], at) => {
    const inside = endX < x.max * (compact ? 0.55 : 0.8);
    const px = margin.left + (endX / x.max) * plotWidth;
    const own = margin.top + (1 - endY / y.max) * plotHeight;
    return { at, px, own, want: own + (inside ? 14 : 0), inside };
  });
  const twoLines = !compact && !oneLine && margin.right > 80;
  const step = twoLines ? LINE_PX * 2 : LINE_PX;
  const bottom = height - margin.bottom - step / 2;
  const sorted = [...spots].sort((a, b) => a.want - b.want);
  let last = -Infinity;
  for (const spot of sorted) {
    spot.want = Math.max(spot.want, last + step);
    last = spot.want;
  }
  let limit = bottom;
  for (const spot of sorted.toReversed()) {
    spot.want = Math.min(spot.want, limit);
    limit = spot.want - step;
  }
  return spots.map(({ want, own, inside }) => {
    const leftOfEnd = compact && !inside && margin.right < 60;
    return {
      words: twoLines ? 'under' : compact && margin.right < 60 ? 'none' : 'after',
      option: leftOfEnd
        ? { position: 'left', offset: [0, want - own - 8] }
        : { position: 'right', offset: [inside && want <= own ? CLEAR_PX : 2, want - own] },
    };
  });
}
