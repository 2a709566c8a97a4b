import { formatNumber, timeUnit } from '#engine/chart/format.ts';

/** What engine/chart/format.ts and engine/model/words.ts leave to screens: dates, ages, sizes. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `21 Nov 2026, 02:14:08 UTC`; what is no date is given back as it came. */
export function utcStamp(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const [hour, minute, second] = [
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ].map((part) => String(part).padStart(2, '0'));
  const month = MONTHS[date.getUTCMonth()] ?? '';
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}, ${hour}:${minute}:${second} UTC`;
}

/** `4 s ago`, `12 min ago`, `3 h ago`, `5 days ago`; `now` below a second and for clocks ahead. */
export function relativeTime(iso: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(iso)) / 1_000);
  if (Number.isNaN(seconds)) return '';
  if (seconds < 1) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? '1 day ago' : `${formatNumber(days)} days ago`;
}

/** `850 B`, `12.4 KB`, `21.3 MB`: thousands of bytes, as Explorer does not but disks do. */
export function bytes(count: number): string {
  if (count < 999.5) return `${Math.round(count)} B`;
  for (const [size, unit] of [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'KB'],
  ] as const) {
    // What one decimal would round up to 1,000 has the larger unit already.
    if (count >= size * 0.99995) return `${formatNumber(count / size, 1)} ${unit}`;
  }
  return '';
}

/** `00:09.7`, `12:04`, `1:02:04`: elapsed time that does not jump about. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  if (seconds < 60) return `00:${two(seconds)}.${Math.floor((seconds * 10) % 10)}`;
  const minutes = `${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3_600 ? minutes : `${Math.floor(seconds / 3_600)}:${minutes}`;
}

/** A moment of the run's clock: `4.1 s`. */
export function atTime(ns: number): string {
  const { name, ns: size } = timeUnit(ns);
  return `${formatNumber(ns / size, ns / size < 100 ? 1 : 0)} ${name}`;
}
