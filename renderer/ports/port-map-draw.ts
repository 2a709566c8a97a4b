import type { PortRange } from '#engine/model/port-range.ts';
import type { MapPicture } from './map-rows.ts';
import { mapCells, type MapCells } from './port-map-cells.ts';

/** One row of the map. */
export interface MapBand {
  readonly picture: MapPicture;
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

const RING_PX = 6;

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
  // Whole multiples stay sharp; other sizes would drop or double columns.
  context.imageSmoothingEnabled = width % cells.columns !== 0;
  const pictures = bandPictures(bands, cells, colors.free);
  bands.forEach((_, at) => {
    const { columns, rows } = cells;
    const top = at * (bandPx + gapPx);
    context.drawImage(pictures, 0, at * rows, columns, rows, 0, top, width, bandPx);
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

let scratch: OffscreenCanvas | null = null;

/** All bands under one another, a pixel a cell. Made with every frame of a replay, so in the same canvas. */
function bandPictures(
  bands: readonly MapBand[],
  { columns, rows, each }: MapCells,
  free: string,
): OffscreenCanvas {
  const height = rows * Math.max(1, bands.length);
  if (scratch === null || scratch.width !== columns || scratch.height !== height) {
    scratch = new OffscreenCanvas(columns, height);
  }
  const image = new ImageData(columns, height);
  const pixels = new Uint32Array(image.data.buffer);
  bands.forEach(({ picture: { levels, most }, hue }, at) => {
    const shades = shadesOf(free, hue, each * most);
    const first = at * rows * columns;
    for (let cell = 0; cell < levels.length; cell++)
      pixels[first + cell] = shades[levels[cell]!] ?? 0;
  });
  scratch.getContext('2d', { willReadFrequently: true })?.putImageData(image, 0, 0);
  return scratch;
}

/** From nothing to all of it, as pixels. */
function shadesOf(from: string, to: string, most: number): Uint32Array {
  const [start, end] = [rgbOf(from), rgbOf(to)];
  return Uint32Array.from({ length: most + 1 }, (_, step) => {
    const part = (at: number): number => {
      const [a, b] = [start[at] ?? 0, end[at] ?? 0];
      return Math.round(a + ((b - a) * step) / most);
    };
    return (255 << 24) | (part(2) << 16) | (part(1) << 8) | part(0);
  });
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
