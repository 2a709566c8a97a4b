import type { WatchView } from '#engine/api/views.ts';
import { count, thousands } from '#engine/model/words.ts';

/** How far back is shown. */
export const SPANS = [
  { hours: 1, words: 'last hour' },
  { hours: 24, words: 'last 24 h' },
  { hours: 7 * 24, words: 'last 7 days' },
] as const;

/** How often a watch may look, s. */
export const PACES = [
  { seconds: 5, words: 'every 5 s' },
  { seconds: 30, words: 'every 30 s' },
  { seconds: 300, words: 'every 5 min' },
] as const;

/** `every 30 s`; an interval that is none of the choices in seconds. */
export function paceWords(seconds: number): string {
  return PACES.find((pace) => pace.seconds === seconds)?.words ?? `every ${thousands(seconds)} s`;
}

/** How many looks were recorded, and whether these are all. */
export function samplesWords({ samples, recorded }: WatchView, span: string): string {
  if (recorded === 0) return `no look recorded in the ${span}`;
  return samples.length < recorded
    ? `${count(recorded, 'look')} recorded in the ${span}; drawn are the tightest ${thousands(samples.length)}`
    : `${count(recorded, 'look')} recorded in the ${span}`;
}
