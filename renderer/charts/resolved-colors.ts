import type { ColorOf } from '#engine/chart/palette.ts';
import { colorValue, type ColorToken, type ThemeName } from '../kit/colors.ts';

/** Colours for a canvas, which knows no variables: system colours are resolved on `element`. */
export function resolvedColors(
  element: HTMLElement,
  theme: ThemeName,
): ColorOf & ((token: ColorToken) => string) {
  const known = new Map<string, string>();
  return (token: ColorToken): string => {
    const value = colorValue(theme, token);
    if (theme !== 'forced') return value;
    let resolved = known.get(value);
    if (resolved === undefined) {
      resolved = systemColor(element, value);
      known.set(value, resolved);
    }
    return resolved;
  };
}

function systemColor(element: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = name;
  // Else the browser would put its text colour in the place of any other.
  probe.style.setProperty('forced-color-adjust', 'none');
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
