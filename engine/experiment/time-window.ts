import { LabError } from '../model/lab-error.ts';

/** A part of the day, in minutes after midnight of local time; `to` is no longer in it. */
export interface TimeWindow {
  /** 0 to 1,439. */
  readonly from: number;
  /** 0 to 1,439, never `from`; smaller than `from` where the window crosses midnight. */
  readonly to: number;
}

/** `HH:MM-HH:MM`, 00:00 to 23:59. */
export const TIME_WINDOW_FORM = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * Reads what `--only-between` takes: `22:00-05:30`.
 * @throws LabError usage for anything else, and where both times are the same
 */
export function parseTimeWindow(text: string): TimeWindow {
  const parts = TIME_WINDOW_FORM.exec(text);
  const minute = (at: number): number => Number(parts?.[at]) * 60 + Number(parts?.[at + 1]);
  const window = { from: minute(1), to: minute(3) };
  if (parts !== null && window.from !== window.to) return window;
  throw new LabError(
    'usage',
    `"${text}" is no part of the day`,
    'two different times of day are needed, as in --only-between 22:00-05:30',
  );
}

/** @param minute of the day, local time */
export function isWithin({ from, to }: TimeWindow, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** `22:00-05:30`, as `parseTimeWindow` takes it. */
export function timeWindowText({ from, to }: TimeWindow): string {
  return `${timeOfDay(from)}-${timeOfDay(to)}`;
}

/** `05:30`. @param minute of the day */
export function timeOfDay(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
