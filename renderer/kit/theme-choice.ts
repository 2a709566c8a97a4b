import { useSyncExternalStore } from 'react';
import type { ThemeName } from './colors.ts';

/** What the admin chose; `system` follows Windows. */
export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const KEY = 'portlab-theme';

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
const forcedColors = window.matchMedia('(forced-colors: active)');
const listeners = new Set<() => void>();
let choice = stored();

export interface ThemeInUse {
  readonly choice: ThemeChoice;
  readonly name: ThemeName;
  /** Which way Fluent's own theme leans; under forced colours too. */
  readonly dark: boolean;
  choose(next: ThemeChoice): void;
}

/** The theme now, following the system and the choice. */
export function useTheme(): ThemeInUse {
  const state = useSyncExternalStore(subscribe, snapshot);
  const [chosen = 'system', lean = 'light', forced = ''] = state.split(' ');
  const dark = lean === 'dark';
  return {
    choice: chosen as ThemeChoice,
    name: forced === 'forced' ? 'forced' : dark ? 'dark' : 'light',
    dark,
    choose,
  };
}

function snapshot(): string {
  const dark = choice === 'system' ? prefersDark.matches : choice === 'dark';
  return `${choice} ${dark ? 'dark' : 'light'} ${forcedColors.matches ? 'forced' : 'own'}`;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  prefersDark.addEventListener('change', listener);
  forcedColors.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    prefersDark.removeEventListener('change', listener);
    forcedColors.removeEventListener('change', listener);
  };
}

function choose(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the window.
  }
  for (const listener of listeners) listener();
}

function stored(): ThemeChoice {
  try {
    const found = localStorage.getItem(KEY);
    return THEME_CHOICES.find((one) => one === found) ?? 'system';
  } catch {
    return 'system';
  }
}
