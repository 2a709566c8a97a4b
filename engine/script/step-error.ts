import type { z } from 'zod';
import { LabError } from '../model/lab-error.ts';
import { STEP_SCHEMAS, type StepOp } from './script-schema.ts';

/** Where a step stands, for errors: its index from 0, and its line where that is known. */
export interface StepPlace {
  readonly index: number;
  readonly op: string;
  readonly line?: number | undefined;
}

/** `step 4 (bind): …`, with a hint that says how steps are counted. */
export function stepError(
  kind: 'usage' | 'refused',
  { index, op, line }: StepPlace,
  what: string,
  hint: string,
): LabError {
  const where = line === undefined ? '' : ` (line ${line})`;
  return new LabError(
    kind,
    `step ${index} (${op}): ${what}${where}`,
    `${hint}; steps are counted from 0, so this is the ${ordinal(index + 1)}`,
  );
}

/** The fields a step may have, for hints. */
export function fieldsOf(op: StepOp): string {
  return Object.keys(STEP_SCHEMAS[op].shape).join(', ');
}

/** What a schema found wrong, in words; of several the one that explains the others. */
export function issueWords(issues: readonly z.core.$ZodIssue[], value: unknown): string {
  // A misspelt field is usually also a missing one: the misspelling is the mistake.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return 'is not acceptable';
  return words(issue, value);
}

function words(issue: z.core.$ZodIssue, value: unknown): string {
  const field = issue.path.map(String).join('.');
  const found = at(value, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map(shown).join(', ');
    return `${field === '' ? '' : `${field}: `}unknown field${issue.keys.length > 1 ? 's' : ''} ${keys}`;
  }
  if (found === undefined && issue.code !== 'custom') return `field "${field}" is missing`;
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.filter((branch) => branch.length > 0);
    const [nearest] = branches.toSorted((one, other) => one.length - other.length);
    if (nearest === undefined || typeof found !== 'object' || found === null)
      return wrong(field, found, 'has no form that is known');
    const inside = words(
      nearest.find(({ code }) => code === 'unrecognized_keys') ?? nearest[0]!,
      found,
    );
    return `${field}: ${inside}`;
  }
  if (issue.code === 'custom') {
    return found === undefined || typeof found === 'object'
      ? `field "${field}" ${issue.message}`
      : wrong(field, found, issue.message);
  }
  if (issue.code === 'invalid_value') {
    return wrong(field, found, `is none of ${issue.values.map(String).join(', ')}`);
  }
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    const limit = issue.code === 'too_big' ? issue.maximum : issue.minimum;
    const words = issue.code === 'too_big' ? 'at most' : 'at least';
    const of = typeof found === 'string' ? ' characters' : Array.isArray(found) ? ' entries' : '';
    return wrong(field, found, `is out of range: ${words} ${String(limit)}${of}`);
  }
  if (issue.code === 'invalid_type') {
    return wrong(
      field,
      found,
      `must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`,
    );
  }
  return wrong(field, found, issue.code === 'invalid_format' ? issue.message : 'is not acceptable');
}

function wrong(field: string, found: unknown, what: string): string {
  const value = typeof found === 'object' && found !== null ? '' : ` ${shown(found)}`;
  return `${field === '' ? 'it' : field}${value} ${what}`;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<PropertyKey, unknown>)[key];
  }
  return found;
}

/** Text of a file in a message: quoted, on one line, not too long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' && value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return JSON.stringify(text) ?? String(value);
}

function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
