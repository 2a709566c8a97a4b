import { axisScale, type AxisScale } from '#engine/chart/axis-scale.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { STRATEGY_STYLE } from '#engine/chart/strategy-style.ts';
import type { ColorToken } from '../kit/colors.ts';
import { FONT_FAMILY } from '../kit/theme.ts';
import type { LivePoints, LiveReference, LiveSeries } from './live-line.tsx';

export interface LiveLineDrawing {
  readonly width: number;
  readonly height: number;
  readonly unit: string;
  readonly xUnit: string;
  readonly series: readonly LiveSeries[];
  readonly stacked: boolean;
  readonly references: readonly LiveReference[];
  readonly yMax: number;
  readonly xMax: number;
  readonly right: number;
  color(token: ColorToken): string;
}

interface Plot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  x(value: number): number;
  y(value: number): number;
}

const SMALL = `11px ${FONT_FAMILY}`;
const STRONG = `600 12px ${FONT_FAMILY}`;
/** Opacity of a hue's steps. */
const STEPS = [1, 0.82, 0.66, 0.52];

/** Draws everything anew. */
export function drawLiveLine(context: CanvasRenderingContext2D, drawing: LiveLineDrawing): void {
  const { width, height, color } = drawing;
  context.clearRect(0, 0, width, height);
  context.font = SMALL;
  const lines = drawing.stacked ? stack(drawing.series) : drawing.series.map(pairsOf);
  const [dataX, dataY] = extent(lines);
  const ticks = width < 320 ? 4 : 5;
  const most = Math.max(drawing.yMax, dataY, ...drawing.references.map(({ value }) => value));
  const yScale = axisScale(most, height < 140 ? 3 : 4);
  const xScale = axisScale(Math.max(drawing.xMax, dataX), ticks);
  const left =
    Math.max(
      context.measureText(axisText(yScale.max, yScale)).width,
      context.measureText(axisText(yScale.max - yScale.interval, yScale)).width,
    ) + 8;
  const [top, right, bottom] = [drawing.unit === '' ? 10 : 22, width - drawing.right, height - 18];
  // The data fill the width; only the ticks are round.
  const xEnd = Math.max(drawing.xMax, dataX) || 1;
  const plot: Plot = {
    left,
    top,
    right,
    bottom,
    x: (value) => left + (value / xEnd) * (right - left),
    y: (value) => bottom - (value / yScale.max) * (bottom - top),
  };
  drawAxes(context, drawing, plot, xScale, xEnd, yScale);
  drawing.series.forEach((series, at) => {
    const below = drawing.stacked && at > 0 ? lines[at - 1] : undefined;
    drawSeries(context, drawing, plot, series, lines[at] ?? new Float64Array(), below);
  });
  for (const { value, words } of drawing.references) {
    const y = Math.round(plot.y(value)) + 0.5;
    stroke(context, color('ink-2'), 1, [4, 3], () => {
      context.moveTo(left, y);
      context.lineTo(right, y);
    });
    text(context, words, right - 4, y - 5, color('ink-2'), color('card'), 'right');
  }
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { color, unit, xUnit }: LiveLineDrawing,
  plot: Plot,
  xScale: AxisScale,
  xEnd: number,
  yScale: AxisScale,
): void {
  for (let value = 0; value <= yScale.max + yScale.interval / 2; value += yScale.interval) {
    const y = Math.round(plot.y(value)) + 0.5;
    stroke(context, color(value === 0 ? 'strong' : 'stroke'), 1, [], () => {
      context.moveTo(plot.left, y);
      context.lineTo(plot.right, y);
    });
    context.fillStyle = color('ink-3');
    context.textAlign = 'right';
    context.fillText(axisText(value, yScale), plot.left - 6, y + 4);
  }
  context.textAlign = 'left';
  if (unit !== '') context.fillText(unit, 0, 9);
  context.textAlign = 'center';
  for (let value = 0; value <= xEnd * 1.001; value += xScale.interval) {
    const words = axisText(value, xScale);
    const last = value + xScale.interval > xEnd * 1.001;
    const x = Math.min(plot.x(value), plot.right - (last ? 8 : 0));
    context.fillText(last && xUnit !== '' ? `${words} ${xUnit}` : words, x, plot.bottom + 15);
  }
}

function drawSeries(
  context: CanvasRenderingContext2D,
  { color }: LiveLineDrawing,
  plot: Plot,
  series: LiveSeries,
  points: Float64Array,
  below: Float64Array | undefined,
): void {
  if (points.length === 0) return;
  const hue = color(series.key);
  const strength = STEPS[(series.step ?? 0) % STEPS.length] ?? 1;
  if (series.area === true) {
    context.beginPath();
    trace(context, plot, points, false);
    if (below === undefined) {
      context.lineTo(plot.x(points[points.length - 2] ?? 0), plot.bottom);
      context.lineTo(plot.x(points[0] ?? 0), plot.bottom);
    } else trace(context, plot, below, true);
    context.closePath();
    context.globalAlpha = 0.3 * strength + 0.1;
    context.fillStyle = hue;
    context.fill();
    context.globalAlpha = 1;
  }
  const dash = series.dash ?? (series.key === 'others' ? [] : STRATEGY_STYLE[series.key].dash);
  stroke(context, hue, 1.5, dash, () => trace(context, plot, points, false));
  if (series.endLabel === undefined) return;
  const [x, y] = [points[points.length - 2] ?? 0, points[points.length - 1] ?? 0];
  context.font = STRONG;
  text(context, series.endLabel, plot.x(x) + 6, plot.y(y) + 4, color('ink'), color('card'), 'left');
  context.font = SMALL;
}

function trace(
  context: CanvasRenderingContext2D,
  plot: Plot,
  points: Float64Array,
  backwards: boolean,
): void {
  const count = points.length / 2;
  for (let step = 0; step < count; step++) {
    const at = (backwards ? count - 1 - step : step) * 2;
    const [x, y] = [plot.x(points[at] ?? 0), plot.y(points[at + 1] ?? 0)];
    if (step === 0 && !backwards) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

function stroke(
  context: CanvasRenderingContext2D,
  style: string,
  width: number,
  dash: readonly number[],
  path: () => void,
): void {
  context.beginPath();
  path();
  context.setLineDash([...dash]);
  context.strokeStyle = style;
  context.lineWidth = width;
  context.stroke();
  context.setLineDash([]);
}

function text(
  context: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  ink: string,
  halo: string,
  align: CanvasTextAlign,
): void {
  context.textAlign = align;
  context.strokeStyle = halo;
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeText(words, x, y);
  context.fillStyle = ink;
  context.fillText(words, x, y);
}

function axisText(value: number, { interval }: AxisScale): string {
  return formatNumber(value, Math.max(0, -Math.floor(Math.log10(interval))) + 1);
}

function pairsOf({ points }: { readonly points: LivePoints }): Float64Array {
  return points instanceof Float64Array ? points : Float64Array.from(points.flat());
}

/** Each series on top of those before it. */
function stack(series: readonly LiveSeries[]): Float64Array[] {
  const stacked: Float64Array[] = [];
  for (const one of series) {
    const points = pairsOf(one).slice();
    const below = stacked.at(-1);
    if (below !== undefined) {
      for (let at = 1; at < points.length; at += 2)
        points[at] = (points[at] ?? 0) + (below[at] ?? 0);
    }
    stacked.push(points);
  }
  return stacked;
}

function extent(lines: readonly Float64Array[]): readonly [x: number, y: number] {
  let [x, y] = [0, 0];
  for (const points of lines) {
    x = Math.max(x, points[points.length - 2] ?? 0);
    for (let at = 1; at < points.length; at += 2) y = Math.max(y, points[at] ?? 0);
  }
  return [x, y];
}
