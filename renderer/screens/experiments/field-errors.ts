/** Where a refusal of the service belongs in the form. */

/** Beginnings of the service's messages, and the field they speak of. */
const BEGINNINGS: readonly (readonly [pattern: RegExp, field: string])[] = [
  [/^--addresses\b/, 'addresses'],
  [/^the experiment needs \d+ addresses/, 'addresses'],
  [/^this host has (no|only one) usable/, 'addresses'],
  [/^--reserve\b/, 'reserve'],
  [/^the reserve of /, 'reserve'],
  [/^--stack\b/, 'stack'],
  // One of somebody's own is named.
  [/^profile\b[^:]*:/, 'profile'],
];

/** @returns the field, `set:NAME` for a parameter; null where it is the whole run's */
export function fieldOfError(message: string): string | null {
  const parameter = /^--set (\w+):/.exec(message)?.[1];
  if (parameter !== undefined) return parameter === 'family' ? 'addresses' : `set:${parameter}`;
  // As the contract's own check says it: `preview: wish.maxSeconds: Too big …`.
  const wish = /^(?:preview|startRun): wish\.(\w+)/.exec(message)?.[1];
  if (wish !== undefined) return wish;
  return BEGINNINGS.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}

/** The message at its field: what only says where is left out. */
export function wordsAtField(message: string): string {
  const words = message.replace(
    /^(?:--[\w-]+(?: \w+)?:|(?:preview|startRun): wish\.[\w.]+:|profile\b[^:]*:)\s*/,
    '',
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
