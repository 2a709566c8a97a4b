import { useSyncExternalStore } from 'react';
import type { ThemeName } from './colors.ts';

/** What the admin chose; `system` follows Windows. */
export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const KEY = 'portlab-theme';

const listeners = new Set<() => void>();
const prefersDark = followed('(prefers-color-scheme: dark)');
const forcedColors = followed('(forced-colors: active)');
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
  const dark = choice === 'system' ? prefersDark() : choice === 'dark';
  return `${choice} ${dark ? 'dark' : 'light'} ${forcedColors() ? 'forced' : 'own'}`;
}

/**
 * Whether a media query holds. The list is asked once and then only heard: Chromium sends no event for a
 * change that somebody has read from the list before it was due.
 */
function followed(query: string): () => boolean {
  const list = window.matchMedia(query);
  let holds = list.matches;
  list.addEventListener('change', ({ matches }) => {
    holds = matches;
    tell();
  });
  return () => holds;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

function choose(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the window.
  }
  tell();
}

function stored(): ThemeChoice {
  try {
    const found = localStorage.getItem(KEY);
    return THEME_CHOICES.find((one) => one === found) ?? 'system';
  } catch {
    return 'system';
  }
}
