import { readFileSync, statSync } from 'node:fs';

/**
 * Reads a text file as editors and shells on Windows write it: UTF-8, or UTF-16 with its mark.
 * @param mostBytes what is larger is refused before it is read
 * @throws Error in plain words
 */
export function readText(file: string, mostBytes: number): string {
  const { size } = statSync(file);
  if (size > mostBytes) throw new Error(`it is larger than ${mostBytes / 1_000_000} MB`);
  const bytes = readFileSync(file);
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Error('it is no text: save it as UTF-8');
  }
}
