import type { Strategy } from '../model/strategy.ts';

/**
 * The lab's colours, by what they mean. Every text pair is at least 4.5:1 and every mark 3:1 on
 * `card` and `page`; the strategy hues stay apart under protan, deutan and tritan vision.
 */
export type PaletteToken =
  | 'page'
  | 'card'
  | 'quiet'
  | 'ink'
  | 'ink-2'
  | 'ink-3'
  | 'stroke'
  | 'strong'
  | 'accent'
  | 'accent-text'
  | 'accent-tint'
  | 'ok'
  | 'ok-tint'
  | 'warn'
  | 'warn-tint'
  | 'error'
  | 'error-tint'
  | 'track'
  | Strategy;

export type Palette = Readonly<Record<PaletteToken, string>>;

export const LIGHT: Palette = {
  page: '#f7f7f7',
  card: '#ffffff',
  quiet: '#efefef',
  ink: '#242424',
  'ink-2': '#424242',
  'ink-3': '#5c5c5c',
  stroke: '#e0e0e0',
  strong: '#c7c7c7',
  accent: '#0f6cbd',
  'accent-text': '#0f5a9e',
  'accent-tint': '#ebf3fc',
  ok: '#0e700e',
  'ok-tint': '#f1faf1',
  warn: '#8a4b00',
  'warn-tint': '#fff6e8',
  error: '#b10e1c',
  'error-tint': '#fdf3f4',
  track: '#e9edf1',
  legacy: '#b4570a',
  'port-scalability': '#0f6cbd',
  'reuse-unicast': '#03624f',
  'port-pool': '#6b1f7c',
};

export const DARK: Palette = {
  page: '#1c1c1c',
  card: '#262626',
  quiet: '#161616',
  ink: '#f5f5f5',
  'ink-2': '#d6d6d6',
  'ink-3': '#adadad',
  stroke: '#3a3a3a',
  strong: '#5c5c5c',
  accent: '#479ef5',
  'accent-text': '#7ab8f5',
  'accent-tint': '#0e2b47',
  ok: '#7fcb7f',
  'ok-tint': '#16281a',
  warn: '#fac06e',
  'warn-tint': '#33260f',
  error: '#f4a0a9',
  'error-tint': '#3a1a1e',
  track: '#3a4048',
  legacy: '#e0923a',
  'port-scalability': '#479ef5',
  'reuse-unicast': '#53e0b0',
  'port-pool': '#f0b4fa',
};

/** Gives a token's colour in whatever form the drawing takes: a hex value, or `var(--token)`. */
export type ColorOf = (token: PaletteToken) => string;
