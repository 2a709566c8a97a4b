import type { RunMark } from './chart-spec.ts';
import { halo, type ChartOption } from './echarts-parts.ts';
import type { ColorOf, PaletteToken } from './palette.ts';

/** Of the model: never solid; each of several runs has a rhythm of its own. */
const DASHES: readonly (readonly number[])[] = [
  [12, 4],
  [5, 3],
  [12, 3, 3, 3],
  [18, 6],
  [5, 3, 5, 8],
  [9, 2],
  [18, 3, 3, 3, 3, 3],
  [3, 5],
];

const DOTS: readonly (readonly number[])[] = [
  [2, 3],
  [2, 6],
  [2, 3, 2, 9],
  [1, 2],
];

const MARKERS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin', 'arrow'];

/** How often a line carries its letter. */
const LETTERS = 3;

/** The first one keeps clear of the axis. */
const FROM = 0.25;

/** A run's line style, as lengths of its dashes and gaps. */
export function runDash({ basis, at }: RunMark): 'solid' | readonly number[] {
  if (basis === 'measured') return 'solid';
  const patterns = basis === 'wine' ? DOTS : DASHES;
  return patterns[at % patterns.length] ?? 'solid';
}

export function runMarker({ at }: RunMark): string {
  return MARKERS[at % MARKERS.length] ?? 'circle';
}

/**
 * Indices of the points that carry the run's letter; the last one has a label of its own. Lines that
 * run on one another have their letters at different places.
 */
export function letterPlaces({ at, lines }: RunMark, points: number): ReadonlySet<number> {
  if (points < 2) return new Set();
  const shares = Array.from(
    { length: LETTERS },
    (_, turn) => (turn + FROM + ((1 - FROM) * at) / lines) / LETTERS,
  );
  const places = shares.map((share) => Math.round(share * (points - 1)));
  return new Set(places.filter((place) => place > 0 && place < points - 1));
}

/** A disc with the letter, on the line. */
export function letterPoint(letter: string, key: PaletteToken, color: ColorOf): ChartOption {
  return {
    symbol: 'circle',
    symbolSize: 15,
    itemStyle: { color: color('card'), borderColor: color(key), borderWidth: 1 },
    label: {
      show: true,
      position: 'inside',
      formatter: letter,
      color: color(key),
      fontSize: 10,
      fontWeight: 600,
      ...halo(color),
    },
  };
}
