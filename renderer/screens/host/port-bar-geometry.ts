import { MAX_PORT, type PortRange } from '#engine/model/port-range.ts';

/** Inclusive, ascending and apart from each other, as the service gives them. */
export type PortSpan = readonly [from: number, to: number];

export interface Scale {
  /** First port drawn. */
  readonly first: number;
  /** How many. */
  readonly count: number;
  readonly width: number;
}

export const WHOLE: Pick<Scale, 'first' | 'count'> = { first: 0, count: MAX_PORT + 1 };

/** Where a port's own width begins, px. */
export function xOf(port: number, { first, count, width }: Scale): number {
  return ((port - first) / count) * width;
}

/** A range as a piece of the bar: cut at its ends, at least `least` px wide. Null where it is outside. */
export function pieceOf(
  range: PortRange,
  scale: Scale,
  least = 2,
): { readonly x: number; readonly width: number } | null {
  const from = Math.max(range.start, scale.first);
  const to = Math.min(range.start + range.count, scale.first + scale.count);
  if (to <= from) return null;
  const x = xOf(from, scale);
  const width = Math.max(least, xOf(to, scale) - x);
  return { x: Math.min(x, scale.width - width), width };
}

/** How much of each column's ports the spans cover, 0 to 1. */
export function columnShares(spans: readonly PortSpan[], scale: Scale, columns: number): number[] {
  const covered = Array.from({ length: columns }, () => 0);
  const perColumn = scale.count / columns;
  for (const [from, to] of spans) {
    let at = Math.max(from - scale.first, 0);
    const end = Math.min(to + 1 - scale.first, scale.count);
    // Column by column: the edge between two, divided again, may round into the one before it.
    for (let column = Math.floor(at / perColumn); at < end; column++) {
      const edge = column >= columns - 1 ? scale.count : (column + 1) * perColumn;
      const until = Math.max(at, Math.min(end, edge));
      const last = Math.min(column, columns - 1);
      covered[last] = (covered[last] ?? 0) + (until - at);
      at = until;
    }
  }
  return covered.map((ports) => Math.min(1, ports / perColumn));
}

/**
 * The columns as one path of bars that stand on the bottom. What is in use at all shows, however little.
 * @param least px of the lowest bar
 */
export function columnPath(
  shares: readonly number[],
  columnPx: number,
  bottom: number,
  height: number,
  least: number,
): string {
  const parts: string[] = [];
  shares.forEach((share, at) => {
    if (share <= 0) return;
    const high = Math.max(least, share * height);
    parts.push(
      `M${round(at * columnPx)} ${round(bottom)}v${round(-high)}h${round(columnPx)}v${round(high)}z`,
    );
  });
  return parts.join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export interface PortCounts {
  readonly excluded: number;
  /** In use and not excluded. */
  readonly inUse: number;
  readonly free: number;
}

/** What becomes of a range's numbers; each counts once, an exclusion before a use. */
export function countPorts(
  range: PortRange,
  exclusions: readonly PortRange[],
  inUse: readonly PortSpan[],
): PortCounts {
  const marks = new Uint8Array(MAX_PORT + 1);
  for (const [from, to] of inUse) marks.fill(1, from, to + 1);
  for (const { start, count } of exclusions) marks.fill(2, start, start + count);
  let [excluded, used] = [0, 0];
  for (const mark of marks.subarray(range.start, range.start + range.count)) {
    if (mark === 2) excluded++;
    else if (mark === 1) used++;
  }
  return { excluded, inUse: used, free: range.count - excluded - used };
}

export interface BarLabel {
  /** Middle of what it names, px. */
  readonly at: number;
  readonly text: string;
}

export interface PlacedLabel extends BarLabel {
  /** Where the text begins, px. */
  readonly x: number;
}

/**
 * Puts labels side by side under what they name, none on another, all inside the bar. Those there is
 * no room for are left out; the rest stay in order.
 * @param widthOf px of a text
 */
export function placeBarLabels(
  labels: readonly BarLabel[],
  width: number,
  widthOf: (text: string) => number,
  gap = 12,
): PlacedLabel[] {
  const ordered = labels.toSorted((a, b) => a.at - b.at);
  const placed: PlacedLabel[] = [];
  let free = 0;
  for (const label of ordered) {
    const wide = widthOf(label.text);
    const x = Math.max(free, Math.min(label.at - wide / 2, width - wide));
    if (x + wide > width) continue;
    placed.push({ ...label, x });
    free = x + wide + gap;
  }
  return placed;
}
