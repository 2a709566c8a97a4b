import { InvalidArgumentError } from 'commander';
import type { ReserveWish } from '#engine/experiment/safety.ts';
import { parseTimeWindow, type TimeWindow } from '#engine/experiment/time-window.ts';
import { LabError } from '#engine/model/lab-error.ts';

/** Parsers of option values. Each refuses what it doesn't understand, so nothing odd gets further. */

const MOST = 1_000_000_000;

/** Digits only: no sign, no exponent, no hex, no blanks. */
export function wholeNumber(minimum: number, maximum = MOST): (text: string) => number {
  return (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`a whole number from ${minimum} to ${maximum} is needed.`);
  };
}

/** Seconds, fractions allowed. */
export function seconds(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`seconds from ${minimum} to ${maximum} are needed.`);
  };
}

/** A number with or without a fraction. */
export function decimal(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`a number from ${minimum} to ${maximum} is needed.`);
  };
}

/** `N%` or `N`, both percent. */
export function share(maximum: number): (text: string) => number {
  return (text) => {
    const match = /^(\d{1,2}(?:\.\d{1,3})?)%?$/.exec(text);
    const value = match === null ? Number.NaN : Number(match[1]);
    if (value <= maximum) return value;
    throw new InvalidArgumentError(`a share from 0% to ${maximum}% is needed.`);
  };
}

/** `N` ports or `N%` of the range. */
export function reserve(text: string): ReserveWish {
  const match = /^(\d{1,5})(%?)$/.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]);
  const percent = match?.[2] === '%';
  if (percent && value <= 100) return { kind: 'percent', percent: value };
  if (!percent && value <= 65_535) return { kind: 'number', ports: value };
  throw new InvalidArgumentError(
    'a number of ports (0 to 65535) or a share of the range (0% to 100%) is needed.',
  );
}

/** `HH:MM-HH:MM`, local time; it may cross midnight. */
export function timeWindow(text: string): TimeWindow {
  try {
    return parseTimeWindow(text);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw new InvalidArgumentError('two different times of day are needed, as in 22:00-05:30.');
  }
}

export function addressList(text: string): string[] {
  const list = text.split(',').map((part) => part.trim());
  if (list.some((part) => part === '')) {
    throw new InvalidArgumentError('addresses separated by commas are needed.');
  }
  return list;
}

/** Collects repeated `--set k=v`. */
export function keyValue(
  text: string,
  before: Record<string, string> = {},
): Record<string, string> {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('key=value is needed.');
  const key = text.slice(0, at);
  if (Object.hasOwn(before, key)) throw new InvalidArgumentError(`"${key}" is set twice.`);
  return { ...before, [key]: text.slice(at + 1) };
}

/** A title or tag: one line, printable. */
export function label(text: string): string {
  // Control characters would disturb terminals and tables.
  if (text.length === 0 || text.length > 200 || /[\p{Cc}\p{Cf}]/u.test(text)) {
    throw new InvalidArgumentError('1 to 200 printable characters are needed.');
  }
  return text;
}

export function labels(text: string, before: readonly string[] = []): string[] {
  return [...before, label(text)];
}
