import { InvalidArgumentError } from 'commander';
import type { InstantWish } from '#engine/replay/instant-document.ts';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
};

/** What `--at` takes, for its help. */
export const INSTANT_HELP =
  'time since the run began (9.702, 500ms, 120us; seconds without a unit), or an event (#1234; the first is #1)';

/** A time or an event's number, as `--at` takes it. */
export function instant(text: string): InstantWish {
  const event = /^#(\d{1,15})$/.exec(text);
  if (event !== null) return { seq: Number(event[1]) - 1 };
  const time = /^(\d{1,12}(?:\.\d{1,12})?)\s*([a-zµμ]*)$/i.exec(text.trim());
  const unit = time === null ? undefined : UNITS[(time[2] === '' ? 's' : time[2]!).toLowerCase()];
  const t = time === null || unit === undefined ? Number.NaN : Math.round(Number(time[1]) * unit);
  if (Number.isSafeInteger(t)) return { t };
  throw new InvalidArgumentError(
    'a time as in 9.702, 500ms or 120us, or an event as in #1234 is needed.',
  );
}

const LEAST_SPEED = 0.25;
const MOST_SPEED = 1_000;

/** How fast to play: Infinity for `max`. */
export function speed(text: string): number {
  if (text === 'max') return Infinity;
  const match = /^(\d{1,4}(?:\.\d{1,4})?)[x×]?$/.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]);
  if (value >= LEAST_SPEED && value <= MOST_SPEED) return value;
  throw new InvalidArgumentError(
    `a number from ${LEAST_SPEED} to ${MOST_SPEED}, or max is needed.`,
  );
}
