import { DOCUMENTED_PROFILE } from '../profile/documented-profile.ts';
import { count } from '../model/words.ts';
import type { KindCount } from './divergence.ts';

/** Differences the sentence names; the others are counted. */
const MOST_NAMED = 5;

/**
 * The differences of a run in one sentence, the most frequent first.
 * @param profile name of what the host was compared with
 * @returns null where nothing differs
 */
export function differsSentence(kinds: readonly KindCount[], profile: string): string | null {
  if (kinds.length === 0) return null;
  const named = kinds.slice(0, MOST_NAMED).map(({ text, assumptions }) => {
    const ids = assumptions.join(', ');
    return ids === '' ? text : `${text} (${ids})`;
  });
  const rest = kinds.length - named.length;
  if (rest > 0) named.push(count(rest, 'further difference'));
  const other =
    profile === DOCUMENTED_PROFILE.name ? 'the documented behaviour' : `profile ${profile}`;
  return `This host differs from ${other} in ${count(kinds.length, 'point')}: ${named.join('; ')}.`;
}
