import { COLOR_TOKENS, colorValue, type ColorToken, type ThemeName } from './colors.ts';
import { createDarkTheme, createLightTheme, type BrandVariants, type Theme } from './fluent.ts';

/** Segoe where Windows has it; Inter comes along for everywhere else. */
export const FONT_FAMILY =
  "'Segoe UI Variable Text', 'Segoe UI Variable', 'Segoe UI', 'Inter Variable', system-ui, sans-serif";

/** Communication blue around the accent of both themes. */
const BRAND: BrandVariants = {
  10: '#061724',
  20: '#082338',
  30: '#0a2e4a',
  40: '#0c3b5e',
  50: '#0e4775',
  60: '#0f548c',
  70: '#0f5a9e',
  80: '#0f6cbd',
  90: '#2886de',
  100: '#479ef5',
  110: '#62abf5',
  120: '#77b7f7',
  130: '#96c6fa',
  140: '#b4d6fa',
  150: '#cfe4fa',
  160: '#ebf3fc',
};

/** The Fluent theme with the lab's own colours: as `--lab-…` variables, and where Fluent has a name. */
export function fluentTheme(name: ThemeName, dark: boolean): Theme {
  const base = dark ? createDarkTheme(BRAND) : createLightTheme(BRAND);
  const value = (token: ColorToken): string => colorValue(dark ? 'dark' : 'light', token);
  return {
    ...base,
    fontFamilyBase: FONT_FAMILY,
    fontFamilyNumeric: FONT_FAMILY,
    borderRadiusSmall: '2px',
    borderRadiusMedium: '4px',
    borderRadiusLarge: '6px',
    colorNeutralBackground1: value('card'),
    colorNeutralBackground2: value('page'),
    colorNeutralBackground3: value('quiet'),
    colorNeutralForeground1: value('ink'),
    colorNeutralForeground2: value('ink-2'),
    colorNeutralForeground3: value('ink-3'),
    colorNeutralStroke1: value('strong'),
    colorNeutralStroke2: value('stroke'),
    colorNeutralStroke3: value('stroke'),
    colorBrandForegroundLink: value('accent-text'),
    colorBrandForeground1: value('accent-text'),
    // Dark Fluent fills buttons with a lighter blue, on which white text falls short of 4.5:1.
    colorBrandBackground: '#0f6cbd',
    colorBrandBackgroundHover: '#0f5a9e',
    colorBrandBackgroundPressed: '#0c3b5e',
    // No shadows over RDP, but for what floats above the page.
    shadow2: 'none',
    shadow4: 'none',
    ...labVariables(name),
  };
}

/** FluentProvider writes every key as `--key`. */
function labVariables(name: ThemeName): Readonly<Record<string, string>> {
  return Object.fromEntries(COLOR_TOKENS.map((token) => [`lab-${token}`, colorValue(name, token)]));
}
