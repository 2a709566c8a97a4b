import { MAX_PORT, type PortRange } from '#engine/model/port-range.ts';

/**
 * Reads what netsh prints. Its labels are in the system's language and its text in the console's
 * code page, so only digits, colons, dashes and the star are looked at, by position. These are the
 * same bytes in every OEM code page, and never part of a double-byte character there: read the
 * output as latin1.
 */

/**
 * `netsh int ipv4 show dynamicport tcp`: two lines end in a number, the start and the count.
 * @returns null when the text says no such thing (netsh under Wine prints nothing)
 */
export function parseDynamicRange(text: string): PortRange | null {
  const numbers = [...text.matchAll(/:\s*(\d{1,6})\s*$/gm)].map((match) => Number(match[1]));
  const [start, count, ...more] = numbers;
  if (start === undefined || count === undefined || more.length > 0) return null;
  return start > 0 && count > 0 && start + count - 1 <= MAX_PORT ? { start, count } : null;
}

/** An excluded range as netsh lists it: first and last port, and a star where an administrator added it. */
export interface ListedExclusion extends PortRange {
  readonly administered: boolean;
}

/**
 * `netsh int ipv4 show excludedportrange protocol=tcp`: a heading underlined by dashes, then a line
 * a range.
 * @returns null when the heading isn't there: no answer is not the same as no exclusions
 */
export function parseExcludedRanges(text: string): ListedExclusion[] | null {
  const lines = text.split(/\r?\n/);
  const heading = lines.findIndex((line) => /^\s*-+\s+-+\s*$/.test(line));
  if (heading < 0) return null;
  const ranges: ListedExclusion[] = [];
  for (const line of lines.slice(heading + 1)) {
    const match = /^\s*(\d{1,5})\s+(\d{1,5})\s*(\*)?\s*$/.exec(line);
    const start = Number(match?.[1]);
    const end = Number(match?.[2]);
    if (match !== null && start <= end && end <= MAX_PORT) {
      ranges.push({ start, count: end - start + 1, administered: match[3] === '*' });
    }
  }
  return ranges;
}
