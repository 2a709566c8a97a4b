import { runLetter } from '../chart/run-letter.ts';

/** `A`, `A and B`, `A, B and C`. */
export function joined(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** Runs by what is said of them, in the order they first come up: `[['x', 'A and C'], ['y', 'B']]`. */
export function lettersBy<T>(said: readonly T[]): (readonly [said: T, letters: string])[] {
  return [...new Set(said)].map((one) => [
    one,
    joined(said.flatMap((other, at) => (other === one ? [runLetter(at)] : []))),
  ]);
}

/** `A and C 4, B 2`: each run with what is said of it. */
export function each<T>(said: readonly T[], words: (one: T) => string): string {
  return lettersBy(said)
    .map(([one, letters]) => `${letters} ${words(one)}`)
    .join(', ');
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** `Two`: a sentence begins with it. */
export function numberWord(value: number): string {
  return NUMBERS[value] ?? String(value);
}
