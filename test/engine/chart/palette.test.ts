import { describe, expect, it } from 'vitest';
import { DARK, LIGHT, type Palette, type PaletteToken } from '#engine/chart/palette.ts';
import { STRATEGIES } from '#engine/model/strategy.ts';

/** Relative luminance and contrast: WCAG 2.2, sections 1.4.3 and 1.4.11. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const TEXTS: PaletteToken[] = [
  'ink',
  'ink-2',
  'ink-3',
  'accent-text',
  'ok',
  'warn',
  'error',
  ...STRATEGIES,
];

describe.each<[string, Palette]>([
  ['light', LIGHT],
  ['dark', DARK],
])('%s palette', (_, palette) => {
  it.each(TEXTS)('keeps %s legible on cards and page', (token) => {
    expect(contrast(palette[token], palette.card)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette[token], palette.page)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['ok', 'warn', 'error'] as const)('keeps %s legible on its tint', (token) => {
    expect(contrast(palette[token], palette[`${token}-tint`])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(STRATEGIES)('keeps a bar of %s apart from its track', (strategy) => {
    expect(contrast(palette[strategy], palette.track)).toBeGreaterThanOrEqual(3);
  });
});
