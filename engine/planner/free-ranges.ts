import { lastPort, type PortRange } from '../model/port-range.ts';

/** Sets of port numbers as ranges: ascending, disjoint, none empty. */
export type PortRanges = readonly PortRange[];

/** The numbers of some ranges, however these overlap. */
export function portsIn(ranges: readonly PortRange[]): PortRange[] {
  const sorted = ranges.filter(({ count }) => count > 0).toSorted((a, b) => a.start - b.start);
  const merged: PortRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last === undefined || range.start > lastPort(last) + 1) {
      merged.push({ start: range.start, count: range.count });
    } else if (lastPort(range) > lastPort(last)) {
      merged[merged.length - 1] = span(last.start, lastPort(range));
    }
  }
  return merged;
}

/** The numbers of `ranges` that are in none of `barred`. */
export function portsWithout(
  ranges: readonly PortRange[],
  barred: readonly PortRange[],
): PortRange[] {
  const bars = portsIn(barred);
  const free: PortRange[] = [];
  for (const range of portsIn(ranges)) {
    let from = range.start;
    for (const bar of bars) {
      if (lastPort(bar) < from) continue;
      if (bar.start > lastPort(range)) break;
      if (bar.start > from) free.push(span(from, bar.start - 1));
      from = lastPort(bar) + 1;
    }
    if (from <= lastPort(range)) free.push(span(from, lastPort(range)));
  }
  return free;
}

/** The numbers that are in both. */
export function portsInBoth(a: readonly PortRange[], b: readonly PortRange[]): PortRange[] {
  return portsWithout(a, portsWithout(a, b));
}

/** The lowest `count` numbers of a set; all where it has fewer. */
export function firstPorts(ranges: PortRanges, count: number): PortRange[] {
  const taken: PortRange[] = [];
  let left = count;
  for (const range of ranges) {
    if (left <= 0) break;
    taken.push({ start: range.start, count: Math.min(range.count, left) });
    left -= range.count;
  }
  return taken;
}

/** How many numbers a set has. */
export function portCount(ranges: PortRanges): number {
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

function span(first: number, last: number): PortRange {
  return { start: first, count: last - first + 1 };
}
