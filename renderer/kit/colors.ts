import { DARK, LIGHT, type Palette, type PaletteToken } from '#engine/chart/palette.ts';

/**
 * The palette as CSS variables: `color('ok')` is `var(--lab-ok)`. Beside the engine's tokens a few that
 * only screens need. Text pairs are at least 4.5:1, marks 3:1.
 */
export type ColorToken = PaletteToken | ScreenToken;

export const SCREEN_TOKENS = [
  'others',
  'blocked',
  'free',
  'hatch',
  'stop',
  'stop-hover',
  'on-solid',
  'solid',
  'ok-fill',
  'ok-stroke',
  'warn-stroke',
  'error-stroke',
  'on-hue',
  'on-others',
] as const;
type ScreenToken = (typeof SCREEN_TOKENS)[number];

export type ThemeName = 'light' | 'dark' | 'forced';

const LIGHT_SCREEN: Readonly<Record<ScreenToken, string>> = {
  others: '#868686',
  blocked: '#d3d3d3',
  free: '#e9edf1',
  hatch: '#8f8f8f',
  stop: '#c50f1f',
  'stop-hover': '#a80d1a',
  'on-solid': '#ffffff',
  solid: '#242424',
  'ok-fill': '#0e700e',
  'ok-stroke': '#9fd89f',
  'warn-stroke': '#e8c48f',
  'error-stroke': '#eeacb2',
  'on-hue': '#ffffff',
  'on-others': '#1c1c1c',
};

const DARK_SCREEN: Readonly<Record<ScreenToken, string>> = {
  others: '#969696',
  blocked: '#4a4a4a',
  free: '#1a1f24',
  hatch: '#7a7a7a',
  stop: '#c50f1f',
  'stop-hover': '#d6303e',
  'on-solid': '#1c1c1c',
  solid: '#f5f5f5',
  'ok-fill': '#7fcb7f',
  'ok-stroke': '#3c6b3c',
  'warn-stroke': '#7a5a1e',
  'error-stroke': '#8a3a44',
  'on-hue': '#1c1c1c',
  'on-others': '#1c1c1c',
};

/** Forced colours: letters, dashes and hatches carry the meaning; the colour is the system's. */
const FORCED_TEXT = 'CanvasText';
const FORCED_FIELD = 'Canvas';
const FIELDS: readonly ColorToken[] = [
  'page',
  'card',
  'quiet',
  'accent-tint',
  'ok-tint',
  'warn-tint',
  'error-tint',
  'track',
  'free',
  'on-solid',
  'on-hue',
  'on-others',
];

const SETS: Readonly<Record<'light' | 'dark', Palette & Record<ScreenToken, string>>> = {
  light: { ...LIGHT, ...LIGHT_SCREEN },
  dark: { ...DARK, ...DARK_SCREEN },
};

export const COLOR_TOKENS = Object.keys(SETS.light) as ColorToken[];

/** A token's value in a theme: a hex colour, or a system colour's name. */
export function colorValue(theme: ThemeName, token: ColorToken): string {
  if (theme !== 'forced') return SETS[theme][token];
  if (token === 'stop' || token === 'accent') return 'Highlight';
  if (token === 'blocked') return 'GrayText';
  return FIELDS.includes(token) ? FORCED_FIELD : FORCED_TEXT;
}

/** For styles: follows the theme by itself. */
export function color(token: ColorToken): string {
  return `var(--lab-${token})`;
}
