import { DOCUMENTED_PROFILE } from '../profile/documented-profile.ts';
import { count } from '../model/words.ts';
import type { ModelRecord } from '../run/model-record.ts';
import type { KindCount } from './divergence.ts';

/** Differences the sentence names; the others are counted. */
const MOST_NAMED = 5;

/**
 * The differences of a run in one sentence, the most frequent first.
 * @param profile name of what the host was compared with
 * @param wine Wine's version, where the host is none of Windows
 * @returns null where nothing differs
 */
export function differsSentence(
  kinds: readonly KindCount[],
  profile: string,
  wine: string | null,
): string | null {
  if (kinds.length === 0) return null;
  const named = kinds.slice(0, MOST_NAMED).map(({ text, assumptions }) => {
    const ids = assumptions.join(', ');
    return ids === '' ? text : `${text} (${ids})`;
  });
  const rest = kinds.length - named.length;
  if (rest > 0) named.push(count(rest, 'further difference'));
  const who = wine === null ? 'This host' : `Wine ${wine}, not Windows,`;
  return `${who} differs from ${rulesOf(profile)} in ${count(kinds.length, 'point')}: ${named.join('; ')}.`;
}

/** What the comparison came to, also where nothing differed. */
export function comparedSentence({ profile, compared, differs }: ModelRecord): string {
  if (compared === 0) return 'No call was compared with a model.';
  if (differs !== null) return differs;
  const calls = count(compared, 'call');
  return `${calls} made on a model too: nothing differs from ${rulesOf(profile)}.`;
}

function rulesOf(profile: string): string {
  return profile === DOCUMENTED_PROFILE.name ? 'the documented behaviour' : `profile ${profile}`;
}
