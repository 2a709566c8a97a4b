import { existsSync } from 'node:fs';
import { LabError } from '#engine/model/lab-error.ts';
import { parseJsonc } from '#engine/script/jsonc.ts';
import { readText } from './read-text.ts';

const MOST_BYTES = 1_000_000;

/** A profile as named on the command line: one of the lab's, or a file's content, unchecked. */
export type ProfileArgument = string | { readonly file: string; readonly content: unknown };

/**
 * A name, or a file where it looks like one: a path, a .json or .jsonc, or something that exists.
 * @throws LabError `usage` where the file can't be read, is too large, or is neither JSON nor JSONC
 */
export function readProfile(text: string): ProfileArgument {
  const looksLikeFile = /[\\/]|\.jsonc?$/i.test(text) || existsSync(text);
  if (!looksLikeFile) return text;
  try {
    return { file: text, content: parseJsonc(readText(text, MOST_BYTES)).value };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError(
      'usage',
      `profile ${text}: ${reason}`,
      'give a JSON file, or a name that portlab profiles lists',
    );
  }
}
