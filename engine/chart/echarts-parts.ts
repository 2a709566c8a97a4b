import type { Basis } from '../run/run-document.ts';
import { axisScale, type AxisScale } from './axis-scale.ts';
import type { ChartAxis, EndLabel, LineKey, ReferenceLine } from './chart-spec.ts';
import { formatNumber } from './format.ts';
import type { ColorOf } from './palette.ts';

/** An ECharts option, or a part of one: data that JSON can carry. */
export type ChartOption = { readonly [name: string]: ChartValue };
export type ChartValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly ChartValue[]
  | ChartOption;

/** What a chart is drawn on. */
export interface ChartSurface {
  readonly color: ColorOf;
  /** Names without double quotes: they end up in a style attribute. */
  readonly fontFamily: string;
  /** px; below 480 labels shorten and ticks thin out. */
  readonly width: number;
  readonly height: number;
}

/** Room around the plot, px. */
export interface PlotMargin {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Mean advance of a digit at 11 px in Segoe UI and Inter, rounded up. */
const CHARACTER_PX = 6.6;

export function textWidth(text: string): number {
  return Math.ceil(text.length * CHARACTER_PX);
}

export function isCompact(surface: ChartSurface): boolean {
  return surface.width < 480;
}

export function scaleOf(axis: ChartAxis, surface: ChartSurface): AxisScale {
  return axisScale(axis.max, isCompact(surface) ? 4 : 5);
}

/** A value axis from 0, its name and unit beside it. ECharts itself puts in the thousands commas. */
export function valueAxis(
  axis: ChartAxis,
  scale: AxisScale,
  surface: ChartSurface,
  place: 'below' | 'left',
): ChartOption {
  const { color } = surface;
  return {
    type: 'value',
    min: 0,
    max: scale.max,
    interval: scale.interval,
    name: axis.unit === '' ? axis.name : `${axis.name}, ${axis.unit}`,
    nameLocation: place === 'below' ? 'middle' : 'end',
    nameGap: place === 'below' ? 26 : 14,
    nameTextStyle: {
      color: color('ink-3'),
      fontSize: 11,
      align: place === 'below' ? 'center' : 'left',
    },
    axisLabel: { color: color('ink-3'), fontSize: 11, hideOverlap: true },
    axisTick: { show: false },
    axisLine: { show: place === 'below', lineStyle: { color: color('strong') } },
  };
}

/** Two days and longer are told in days. */
const DAYS_MS = 2 * 86_400_000;

/** A clock in UTC, from `since` to `max`, ms. */
export function clockAxis(
  { name, since, max }: ChartAxis & { readonly since: number },
  surface: ChartSurface,
): ChartOption {
  const { color } = surface;
  return {
    type: 'time',
    min: since,
    max: Math.max(max, since + 1),
    name,
    nameLocation: 'middle',
    nameGap: 26,
    nameTextStyle: { color: color('ink-3'), fontSize: 11, align: 'center' },
    splitNumber: isCompact(surface) ? 3 : 5,
    axisLabel: {
      color: color('ink-3'),
      fontSize: 11,
      hideOverlap: true,
      formatter: max - since >= DAYS_MS ? '{d} {MMM}' : '{HH}:{mm}',
    },
    axisTick: { show: false },
    axisLine: { show: true, lineStyle: { color: color('strong') } },
  };
}

export function widestLabel(scale: AxisScale): number {
  const fraction = Math.max(0, -Math.floor(Math.log10(scale.interval)));
  return textWidth(
    formatNumber(scale.max - scale.interval, fraction + 1).padEnd(formatNumber(scale.max).length),
  );
}

/**
 * Lines across the plot with their words: above its right end, where rising lines have left room, or
 * on top (of a bar chart, whose rows run downwards).
 * @param across the axis the value belongs to
 */
export function referenceLines(
  references: readonly ReferenceLine[],
  across: 'xAxis' | 'yAxis',
  scale: AxisScale,
  surface: ChartSurface,
): ChartOption {
  const { color } = surface;
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color: color('ink-2'), type: [4, 3], width: 1 },
    data: references.map(({ value, words, atStart }) => ({
      [across]: value,
      label: {
        formatter: words,
        color: color('ink-2'),
        fontSize: 11,
        ...halo(color),
        ...(across === 'yAxis'
          ? { position: atStart === true ? 'insideStartTop' : 'insideEndTop', distance: 4 }
          : {
              position: 'start',
              distance: 5,
              align: value > scale.max * 0.7 ? 'right' : 'center',
            }),
      },
    })),
  };
}

/** Keeps text legible where a line passes under it. */
export function halo(color: ColorOf): ChartOption {
  return { textBorderColor: color('card'), textBorderWidth: 3 };
}

/** The figure in bold, words after or under it. */
export function endLabel(
  label: EndLabel,
  key: LineKey,
  surface: ChartSurface,
  words: 'after' | 'under' | 'none',
): ChartOption {
  const { color } = surface;
  const rest = words === 'none' ? '' : label.words;
  const after = words === 'after' && rest !== '' ? ` ${rest}` : '';
  const under = words === 'under' && rest !== '' ? `\n{words|${plain(rest)}}` : '';
  // One fragment a line: without a browser ECharts guesses widths, and would set two apart wrongly.
  return {
    show: true,
    formatter: `{figure|${plain(label.figure + after)}}${under}`,
    rich: {
      figure: { fontSize: 12, fontWeight: 600, color: color(key), lineHeight: 15, ...halo(color) },
      words: { fontSize: 11, color: color('ink-2'), lineHeight: 13, ...halo(color) },
    },
  };
}

/** Braces and bars mean something in ECharts' rich text. */
function plain(text: string): string {
  return text.replace(/[{}|]/g, ' ');
}

/** Fill pattern that says where figures come from: none, dots for Wine, 45° hatch for the model. */
export function provenancePattern(basis: Basis, hue: string): ChartOption | undefined {
  if (basis === 'measured') return undefined;
  if (basis === 'modelled') {
    return {
      symbol: 'rect',
      color: hue,
      dashArrayX: [1, 0],
      dashArrayY: [1.5, 4],
      rotation: -Math.PI / 4,
    };
  }
  return {
    symbol: 'circle',
    symbolSize: 0.6,
    color: hue,
    dashArrayX: [
      [5, 5],
      [0, 5, 5, 0],
    ],
    dashArrayY: [5, 0],
  };
}
