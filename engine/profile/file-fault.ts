import type { z } from 'zod';

/** What is wrong with a file, for the person who wrote it. */
export interface FileFault {
  /** `dynamicRanges.tcp4.start`; empty for the file as a whole. */
  readonly field: string;
  /** `must be at most 65535`: a sentence's end. */
  readonly fault: string;
}

/** Puts the first issue of a schema in plain words. Expects issues with their input reported. */
export function faultOf(issue: z.core.$ZodIssue | undefined): FileFault {
  if (issue === undefined) return { field: '', fault: 'is invalid' };
  const deepest = insideUnion(issue);
  const path = [...issue.path, ...(deepest === issue ? [] : deepest.path)];
  return { field: path.map(String).join('.'), fault: wordsOf(deepest) };
}

/** The issue of the union's form that the value comes nearest to: the one it fails inside of. */
function insideUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const firsts = issue.errors.flatMap((branch) => branch.slice(0, 1));
  return firsts.find((one) => one.path.length > 0 || one.code !== 'invalid_type') ?? issue;
}

function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has an unknown field: ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'is empty'
        : `must be ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return tooBig(issue);
    case 'invalid_union':
      return 'has none of the forms it may have: a text, a number, or an object with its fields';
    default:
      return issue.message;
  }
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig): string {
  if (origin === 'array') return `has more than ${maximum} entries`;
  if (origin === 'string') return `is longer than ${maximum} characters`;
  return `must be at most ${maximum}`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
