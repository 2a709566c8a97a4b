import { DARK, LIGHT, type Palette, type PaletteToken } from '#engine/chart/palette.ts';
import { STRATEGIES } from '#engine/model/strategy.ts';

const TOKENS = Object.keys(LIGHT) as PaletteToken[];

/**
 * The system's colours stand in for all of ours: letters, dashes, hatches and words tell apart what
 * hues told before. https://www.w3.org/TR/css-color-4/#css-system-colors
 */
function forcedColors(): Palette {
  const surfaces: ReadonlySet<PaletteToken> = new Set([
    'page',
    'card',
    'quiet',
    'track',
    'accent-tint',
    'ok-tint',
    'warn-tint',
    'error-tint',
  ]);
  const entries = TOKENS.map((token) => [token, surfaces.has(token) ? 'Canvas' : 'CanvasText']);
  return {
    ...(Object.fromEntries(entries) as Palette),
    stroke: 'GrayText',
    strong: 'GrayText',
    accent: 'LinkText',
    'accent-text': 'LinkText',
  };
}

function variables(palette: Palette): string {
  return `:root{${TOKENS.map((token) => `--${token}:${palette[token]}`).join(';')}}`;
}

/** `--ink` and the rest, for every way the page is looked at. Paper is always light. */
export const COLOR_RULES = [
  `:root{color-scheme:light dark}${variables(LIGHT)}`,
  `@media screen and (prefers-color-scheme:dark){${variables(DARK)}}`,
  `@media (forced-colors:active){${variables(forcedColors())}}`,
  STRATEGIES.map((strategy) => `.of-${strategy}{--hue:var(--${strategy})}`).join(''),
].join('\n');
