/** Without i, l, o and u, which are misread or make words. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Names a run `YYYYMMDD-HHMMSS-xxxx`: the UTC second it began and four random characters, so that
 * names sort by age and two runs begun in the same second differ.
 * @param random gives numbers in [0, 1)
 */
export function createRunId(at: Date, random: () => number): string {
  const digits = at.toISOString().replaceAll(/[-:]/g, '');
  let suffix = '';
  for (let i = 0; i < 4; i++) suffix += DIGITS[Math.floor(random() * DIGITS.length)];
  return `${digits.slice(0, 8)}-${digits.slice(9, 15)}-${suffix}`;
}
