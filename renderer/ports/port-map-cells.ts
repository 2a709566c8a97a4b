import type { PortRange } from '#engine/model/port-range.ts';

/** Numbers above one another: a column holds neighbours, so that x stays the port number. */
const CELL_ROWS = 32;
/** Cells across at most; a larger range shares them. */
const MOST_COLUMNS = 512;

export interface MapCells {
  readonly columns: number;
  readonly rows: number;
  /** Numbers one cell stands for. */
  readonly each: number;
}

export function mapCells({ count }: PortRange): MapCells {
  const each = Math.max(1, Math.ceil(count / (MOST_COLUMNS * CELL_ROWS)));
  const columns = Math.max(1, Math.ceil(count / (each * CELL_ROWS)));
  return { columns, rows: CELL_ROWS, each };
}

/** What stands for a cell beyond the range, which has none of its numbers. */
export const NO_CELL = 0xffff;

/**
 * How much of each cell's numbers there is, line by line as they are drawn: 0 to `each` times `most`.
 * @param most the value that is the whole of a number
 * @param ofNone only numbers of value 0 are there, and those wholly
 */
export function cellLevels(
  values: Uint8Array | Uint16Array,
  range: PortRange,
  most: number,
  ofNone: boolean,
): Uint16Array {
  const { columns, rows, each } = mapCells(range);
  const levels = new Uint16Array(columns * rows).fill(NO_CELL);
  let from = 0;
  for (let cell = 0; from < range.count; cell++) {
    const to = Math.min(range.count, from + each);
    let sum = 0;
    for (let at = from; at < to; at++) {
      if (!ofNone) sum += values[at]!;
      else if (values[at] === 0) sum += most;
    }
    // The last cell may stand for fewer numbers than the others.
    if (to - from < each) sum = Math.round((sum * each) / (to - from));
    levels[(cell % rows) * columns + Math.floor(cell / rows)] = Math.min(sum, each * most);
    from = to;
  }
  return levels;
}
