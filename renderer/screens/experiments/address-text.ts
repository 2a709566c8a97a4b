/** Ranges are written out up to this many addresses: as many as a run may name. */
const MOST = 4_096;

/**
 * Addresses as typed: separated by commas, spaces or lines, IPv4 ranges written `10.0.0.1-10.0.0.20`.
 * What is no range is passed on as it is: the service says what is wrong with it.
 */
export function typedAddresses(text: string): string[] {
  // Around a range's dash there may be spaces.
  const words = text
    .replaceAll(/\s*-\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  const found: string[] = [];
  for (const word of words) {
    const range = rangeOf(word);
    if (range === null || found.length + range.length > MOST) found.push(word);
    else found.push(...range);
  }
  return found;
}

function rangeOf(word: string): string[] | null {
  const [from = '', to = '', more] = word.split('-');
  const [first, last] = [numberOf(from), numberOf(to)];
  if (more !== undefined || first === null || last === null) return null;
  if (last < first || last - first >= MOST) return null;
  return Array.from({ length: last - first + 1 }, (_, step) => addressOf(first + step));
}

/** An IPv4 address as a number; null for anything else. */
function numberOf(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return null;
  const parts = match.slice(1).map(Number);
  if (parts.some((part) => part > 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function addressOf(value: number): string {
  return [value / 2 ** 24, value / 2 ** 16, value / 2 ** 8, value]
    .map((part) => Math.floor(part) % 256)
    .join('.');
}
