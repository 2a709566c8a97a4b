import type { Strategy } from '../model/strategy.ts';
import type { Basis } from '../run/run-document.ts';

/**
 * A chart as plain data, drawn alike on screen and in reports. Values are already in the unit their
 * axis names; axes begin at 0.
 */
export type ChartSpec = LineChart | BarChart;

interface ChartBase {
  /** Unique within a document; letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** What is shown and, always, whether it was measured. */
  readonly subtitle: string;
  /** What a sighted reader sees at a glance, in words. */
  readonly description: string;
  readonly basis: Basis;
  /** The same figures for reading, at most some 60 rows. */
  readonly table: ChartTable;
  readonly references: readonly ReferenceLine[];
}

export interface LineChart extends ChartBase {
  readonly kind: 'line';
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly LineSeries[];
}

/** Horizontal bars, a row an arm, stacked by address. */
export interface BarChart extends ChartBase {
  readonly kind: 'bar';
  readonly x: ChartAxis;
  readonly rows: readonly BarRow[];
}

export interface ChartAxis {
  readonly name: string;
  /** '' for counts. */
  readonly unit: string;
  /** Largest value that must be inside; the drawn end is a round number at or above it. */
  readonly max: number;
  /** A clock in place of a scale: where it begins, as `max` ms since 1970, and in UTC. */
  readonly since?: number;
}

/** A line across the plot at a value of the measured axis, with the words that explain it. */
export interface ReferenceLine {
  readonly value: number;
  readonly words: string;
  /** Its words stand at the line's beginning, where lines fall; left out, at its end. */
  readonly atStart?: true;
}

export type LineDash =
  /** The strategy's own line style. */
  | 'strategy'
  | 'solid'
  | 'dashed'
  /** Marks without a line; those above the axis' end are drawn at its edge as arrows. */
  | 'marks';

/** A strategy's own colour, or that of what has none. */
export type LineKey = Strategy | 'accent' | 'ink-3';

/** How one of several runs is told apart, whatever its colour. */
export interface RunMark {
  /** On the line, again and again, and at its end. */
  readonly letter: string;
  /** Measured is solid, Wine dotted, modelled dashed. */
  readonly basis: Basis;
  /** Its place among the chart's lines, from 0: for the pattern of its dots or dashes, and its marker. */
  readonly at: number;
  /** How many lines the chart has. */
  readonly lines: number;
}

export interface LineSeries {
  readonly key: LineKey;
  readonly name: string;
  readonly dash: LineDash;
  /** Whether the area down to 0 is dotted (Wine) or hatched (modelled); measured is a plain line. */
  readonly area: boolean;
  /** One of several runs in the chart: then its line, mark and letter tell which, and of what basis. */
  readonly run?: RunMark;
  /** Null where nothing was seen: the line has a gap there. Never of the last one. */
  readonly points: readonly (readonly [x: number, y: number | null])[];
  readonly label: EndLabel;
}

/** Stands at a line's or bar's end in place of a legend. */
export interface EndLabel {
  /** The figure, in bold. */
  readonly figure: string;
  readonly words: string;
}

export interface BarRow {
  readonly key: Strategy;
  readonly name: string;
  /** The name where there is no room: `S`, or `L3` where arms repeat a strategy. */
  readonly short: string;
  /** Left out, the chart's. */
  readonly basis?: Basis;
  readonly segments: readonly { readonly name: string; readonly value: number }[];
  readonly label: EndLabel;
}

export interface ChartTable {
  readonly columns: readonly { readonly name: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly (string | number)[])[];
}
