import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { Strategy } from '#engine/model/strategy.ts';
import { color } from '../kit/colors.ts';
import { makeStyles } from '../kit/fluent.ts';
import { useTheme } from '../kit/theme-choice.ts';
import { drawLiveLine, type LiveLineDrawing } from './live-line-draw.ts';
import { resolvedColors } from './resolved-colors.ts';
import { useWidth } from '../kit/use-width.ts';

/** `[x0, y0, x1, y1, …]`, or pairs; x rising. */
export type LivePoints = Float64Array | readonly (readonly [x: number, y: number])[];

export interface LiveSeries {
  readonly key: Strategy | 'others';
  readonly name: string;
  /** Dash lengths in px; left out, the strategy's own. */
  readonly dash?: readonly number[];
  readonly points: LivePoints;
  /** Fill down to 0, or to the series below where stacked. */
  readonly area?: boolean;
  /** Step of the hue, 0 to 3: one strategy, several addresses. */
  readonly step?: number;
  /** At the line's end: a figure, or a short name. */
  readonly endLabel?: string;
}

export interface LiveReference {
  readonly value: number;
  readonly words: string;
}

export interface LiveLineProps {
  readonly label: string;
  /** Of the y axis; '' for counts. */
  readonly unit: string;
  readonly series: readonly LiveSeries[];
  /** Series stand on one another, the first at the bottom; their x must be the same. */
  readonly stacked?: boolean;
  readonly references?: readonly LiveReference[];
  /** Largest value that must be inside; left out, the data decide. */
  readonly yMax?: number;
  readonly xMax?: number;
  /** Of the x axis. */
  readonly xUnit?: string;
  readonly height?: number;
  /** px kept free at the right for end labels. */
  readonly right?: number;
  /** The figures now, in words, for who can't see the lines. */
  readonly description?: string;
}

const useStyles = makeStyles({
  frame: { width: '100%', minWidth: 0, overflow: 'hidden' },
  canvas: { display: 'block' },
  label: { color: color('ink') },
});

/** Lines of a run that goes on: one canvas drawn at once, so that ten times a second costs little. */
export function LiveLine(props: LiveLineProps): ReactNode {
  const { label, height = 180 } = props;
  const styles = useStyles();
  const id = useId();
  const theme = useTheme();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(frame);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined || width === 0) return;
    const ratio = window.devicePixelRatio;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (element.width !== wide || element.height !== high) {
      element.width = wide;
      element.height = high;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const drawing: LiveLineDrawing = {
      width,
      height,
      unit: props.unit,
      xUnit: props.xUnit ?? 's',
      series: props.series,
      stacked: props.stacked === true,
      references: props.references ?? [],
      yMax: props.yMax ?? 0,
      xMax: props.xMax ?? 0,
      right: props.right ?? 12,
      color: resolvedColors(element.parentElement ?? document.body, theme.name),
    };
    drawLiveLine(context, drawing);
  });

  return (
    <div ref={frame} className={styles.frame} style={{ height }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        aria-describedby={props.description === undefined ? undefined : id}
        className={styles.canvas}
        style={{ width, height }}
      />
      {props.description !== undefined && (
        <p id={id} className="visually-hidden">
          {props.description}
        </p>
      )}
    </div>
  );
}
