import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup.mjs';

/** Arguments of vitest that take the next word. */
const WITH_VALUE = ['-t', '--testNamePattern', '--project', '--reporter', '--outputFile'];

/**
 * What a command line asks of the two runners. Words are parts of file names; a runner that has no
 * such file isn't started. `-t` means the same to both.
 * @param {readonly string[]} args
 */
export function readArguments(args) {
  const deep = args.includes('--deep');
  const rest = args.filter((arg) => arg !== '--deep');
  /** @type {string[]} */
  const words = [];
  /** @type {string[]} */
  const options = [];
  /** @type {string | undefined} */
  let pattern;
  for (let i = 0; i < rest.length; i++) {
    const arg = rest[i] ?? '';
    if (!arg.startsWith('-')) {
      words.push(arg);
      continue;
    }
    options.push(arg);
    if (!WITH_VALUE.includes(arg)) continue;
    const value = rest[++i] ?? '';
    options.push(value);
    if (arg === '-t' || arg === '--testNamePattern') pattern = value;
  }
  // Other options are vitest's own.
  const onlyVitest = options.some((arg) => arg.startsWith('--') && arg !== '--testNamePattern');
  return {
    deep,
    words,
    pattern,
    vitest: anyFile(/\.test\.ts$/, words) ? [...words, ...options] : undefined,
    playwright: !onlyVitest && anyFile(/\.spec\.ts$/, words),
  };
}

/** @param {RegExp} ending @param {readonly string[]} words */
function anyFile(ending, words) {
  if (words.length === 0) return true;
  return readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name}`.replaceAll('\\', '/'))
    .some((name) => ending.test(name) && words.some((word) => name.includes(word)));
}
