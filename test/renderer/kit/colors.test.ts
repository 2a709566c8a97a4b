import { describe, expect, it } from 'vitest';
import { STRATEGIES } from '#engine/model/strategy.ts';
import { COLOR_TOKENS, colorValue, type ColorToken } from '#renderer/kit/colors.ts';

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const TEXT: readonly (readonly [text: ColorToken, on: readonly ColorToken[]])[] = [
  ['ink', ['page', 'card', 'quiet', 'accent-tint', 'ok-tint', 'warn-tint', 'error-tint']],
  ['ink-2', ['page', 'card', 'quiet', 'accent-tint', 'ok-tint', 'warn-tint', 'error-tint']],
  ['ink-3', ['page', 'card', 'quiet']],
  ['accent-text', ['page', 'card', 'quiet', 'accent-tint']],
  ['ok', ['card', 'ok-tint']],
  ['warn', ['card', 'warn-tint']],
  ['error', ['card', 'error-tint']],
  ['on-solid', ['solid']],
  ['on-hue', STRATEGIES],
  ['on-others', ['others']],
];

const MARKS: readonly (readonly [mark: ColorToken, on: readonly ColorToken[]])[] = [
  ['accent', ['card', 'page', 'quiet', 'accent-tint', 'free']],
  ['others', ['card', 'accent-tint']],
  ['hatch', ['card']],
];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const pairs = (list: typeof TEXT) =>
    list.flatMap(([token, fields]) => fields.map((field) => [token, field] as const));

  it.each(pairs(TEXT))('has %s legible on %s', (text, field) => {
    expect(contrast(colorValue(theme, text), colorValue(theme, field))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(MARKS))('shows the mark %s on %s', (mark, field) => {
    expect(contrast(colorValue(theme, mark), colorValue(theme, field))).toBeGreaterThanOrEqual(3);
  });

  it('has white text legible on Stop, also under the pointer', () => {
    expect(contrast('#ffffff', colorValue(theme, 'stop'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast('#ffffff', colorValue(theme, 'stop-hover'))).toBeGreaterThanOrEqual(4.5);
  });
});

describe('forced colours', () => {
  it('use the system’s colours only', () => {
    const used = new Set(COLOR_TOKENS.map((token) => colorValue('forced', token)));
    expect([...used].toSorted()).toEqual(['Canvas', 'CanvasText', 'GrayText', 'Highlight']);
  });
});
