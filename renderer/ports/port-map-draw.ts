import type { PortRange } from '#engine/model/port-range.ts';

/** One row of the map: how much of each number there is, 0 to 1. */
export interface MapBand {
  readonly shareAt: (at: number) => number;
  readonly hue: string;
}

export interface MapDrawing {
  readonly width: number;
  /** Height of one band, and the space under it. */
  readonly bandPx: number;
  readonly gapPx: number;
  readonly bands: readonly MapBand[];
  readonly range: PortRange;
  readonly excluded: readonly PortRange[];
  readonly colors: {
    readonly free: string;
    readonly hatch: string;
    readonly ring: string;
    readonly mark: string;
    readonly halo: string;
  };
  /** The number looked at; null for none. */
  readonly inspected: number | null;
  /** The number something happens to, on one band; null for none. */
  readonly mark: { readonly port: number; readonly row: number } | null;
}

/** Numbers above one another: a column holds neighbours, so that x stays the port number. */
const CELL_ROWS = 32;
/** Cells across at most; a larger range shares them. */
const MOST_COLUMNS = 512;
const RING_PX = 6;

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

/** Where the middle of a number's column is. */
export function xOfPort(port: number, range: PortRange, width: number): number {
  const { columns, rows, each } = mapCells(range);
  return ((Math.floor((port - range.start) / (rows * each)) + 0.5) / columns) * width;
}

/** The first number of the column at `x`. */
export function portAtX(x: number, range: PortRange, width: number): number {
  const { columns, rows, each } = mapCells(range);
  const column = Math.min(columns - 1, Math.max(0, Math.floor((x / width) * columns)));
  return Math.min(range.start + range.count - 1, range.start + column * rows * each);
}

/** Where the middle of a number's cell is, as a share of its band's height. */
export function yOfPort(port: number, range: PortRange): number {
  const { rows, each } = mapCells(range);
  return ((Math.floor((port - range.start) / each) % rows) + 0.5) / rows;
}

/** Draws everything anew: one small picture a band, stretched to its place. */
export function drawPortMap(context: CanvasRenderingContext2D, drawing: MapDrawing): void {
  const { width, bandPx, gapPx, bands, range, colors, inspected } = drawing;
  const height = bands.length * (bandPx + gapPx);
  context.clearRect(0, 0, width, height);
  const cells = mapCells(range);
  const picture = new OffscreenCanvas(cells.columns, cells.rows);
  const pen = picture.getContext('2d');
  if (pen === null) return;
  // Whole multiples stay sharp; other sizes would drop or double columns.
  context.imageSmoothingEnabled = width % cells.columns !== 0;
  const free = rgbOf(colors.free);
  bands.forEach((band, at) => {
    pen.putImageData(bandImage(band, range, cells, free), 0, 0);
    context.drawImage(picture, 0, at * (bandPx + gapPx), width, bandPx);
  });
  for (const excluded of drawing.excluded) drawExcluded(context, drawing, excluded);
  drawMark(context, drawing);
  if (inspected === null) return;
  const x = Math.round(xOfPort(inspected, range, width));
  context.strokeStyle = colors.ring;
  context.lineWidth = 2;
  context.strokeRect(x - 3, 1, 6, height - gapPx - 2);
}

/** A ring around one number on one band. */
function drawMark(context: CanvasRenderingContext2D, drawing: MapDrawing): void {
  const { mark, range, width, bandPx, gapPx, bands, colors } = drawing;
  if (mark === null || mark.row < 0 || mark.row >= bands.length) return;
  if (mark.port < range.start || mark.port >= range.start + range.count) return;
  const x = xOfPort(mark.port, range, width);
  const y = mark.row * (bandPx + gapPx) + yOfPort(mark.port, range) * bandPx;
  for (const [stroke, wide] of [
    [colors.halo, 4],
    [colors.mark, 2],
  ] as const) {
    context.beginPath();
    context.arc(x, y, RING_PX, 0, 2 * Math.PI);
    context.strokeStyle = stroke;
    context.lineWidth = wide;
    context.stroke();
  }
}

function bandImage(band: MapBand, range: PortRange, cells: MapCells, free: Rgb): ImageData {
  const { columns, rows, each } = cells;
  const image = new ImageData(columns, rows);
  const hue = rgbOf(band.hue);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const first = (column * rows + row) * each;
      const last = Math.min(range.count, first + each);
      if (first >= last) continue;
      let share = 0;
      for (let at = first; at < last; at++) share += band.shareAt(at);
      share /= last - first;
      const pixel = (row * columns + column) * 4;
      for (let part = 0; part < 3; part++) {
        const [from = 0, to = 0] = [free[part], hue[part]];
        image.data[pixel + part] = from + (to - from) * share;
      }
      image.data[pixel + 3] = 255;
    }
  }
  return image;
}

/** Never given: a 45° hatch across all bands. */
function drawExcluded(
  context: CanvasRenderingContext2D,
  { width, bandPx, gapPx, bands, range, colors }: MapDrawing,
  excluded: PortRange,
): void {
  const first = Math.max(excluded.start, range.start);
  const last = Math.min(excluded.start + excluded.count, range.start + range.count);
  if (last <= first) return;
  const left = ((first - range.start) / range.count) * width;
  const wide = Math.max(2, ((last - first) / range.count) * width);
  bands.forEach((_, at) => {
    const top = at * (bandPx + gapPx);
    context.save();
    context.beginPath();
    context.rect(left, top, wide, bandPx);
    context.clip();
    context.fillStyle = colors.free;
    context.fillRect(left, top, wide, bandPx);
    context.strokeStyle = colors.hatch;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = left - bandPx; x < left + wide; x += 4) {
      context.moveTo(x, top + bandPx);
      context.lineTo(x + bandPx, top);
    }
    context.stroke();
    context.restore();
  });
}

type Rgb = readonly number[];

/** `#rrggbb`, or what a browser makes of a system colour: `rgb(r, g, b)`. */
function rgbOf(color: string): Rgb {
  const hex = /^#(..)(..)(..)$/.exec(color);
  if (hex !== null) return hex.slice(1).map((part) => Number.parseInt(part, 16));
  return (color.match(/\d+/g) ?? []).slice(0, 3).map(Number);
}
