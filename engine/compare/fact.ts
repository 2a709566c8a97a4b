import type { FactGroup, FactValue } from './compare-document.ts';

/** A fact of one run. */
export interface Fact {
  readonly group: FactGroup;
  readonly name: string;
  readonly words: string;
  readonly value: FactValue;
}

/** Makes facts of one group: name, words, value. */
export function factsIn(
  group: FactGroup,
  entries: readonly (readonly [name: string, words: string, value: FactValue])[],
): Fact[] {
  return entries.map(([name, words, value]) => ({ group, name, words, value }));
}

/** Longer ones tell nothing at a glance. */
const LONGEST = 200;

/** Anything as a value of a fact: what is no plain value becomes its JSON. */
export function plainValue(value: unknown): FactValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A field of a recorded structure, which may be an older lab's or anybody's. */
export function fieldOf(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) {
    return undefined;
  }
  return (record as Readonly<Record<string, unknown>>)[name];
}

/** `49152 to 65535`: port numbers are names, not quantities. Null for what is no range. */
export function rangeWords(range: unknown): string | null {
  const [start, count] = [fieldOf(range, 'start'), fieldOf(range, 'count')];
  if (typeof start !== 'number' || typeof count !== 'number') return null;
  return count === 0 ? 'none' : `${start} to ${start + count - 1}`;
}
