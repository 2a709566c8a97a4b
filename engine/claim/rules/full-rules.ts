import { CLAIM_IDS } from '../claims.ts';
import { count } from '../../model/words.ts';
import type { Evidence } from '../evidence.ts';
import type { ExperimentRules, OutcomeOf } from '../experiment-rules.ts';

/**
 * A full run settles nothing as a whole: each of its parts is weighed by the rules of its own
 * experiment (engine/verdict/judge-parts.ts), and what they say together is counted here.
 */
export const FULL_RULES: ExperimentRules<'full'> = { claims: {}, answers: () => [], sentence };

function sentence({ own }: Evidence<'full'>, outcomeOf: OutcomeOf): string {
  const settled = CLAIM_IDS.map((id) => ({ id, outcome: outcomeOf(id)?.outcome })).filter(
    ({ outcome }) => outcome !== undefined,
  );
  const saying = (wanted: string): string[] =>
    settled.filter(({ outcome }) => outcome === wanted).map(({ id }) => id);
  const named = (ids: readonly string[]): string =>
    ids.length === 0 ? '' : ` (${ids.join(', ')})`;
  const [confirmed, refuted, open] = ['confirmed', 'refuted', 'inconclusive'].map(saying);
  const claims =
    settled.length === 0
      ? 'no claim was tested'
      : `${confirmed!.length} of ${count(settled.length, 'claim')} confirmed${named(confirmed!)}, ` +
        `${refuted!.length} refuted${named(refuted!)}, ${open!.length} inconclusive${named(open!)}`;
  const parts = own.parts;
  const ended = parts.filter(({ status }) => status === 'complete').length;
  const failed = parts.filter(({ status }) => status === 'failed').length;
  const refused = parts.filter(({ status }) => status === 'refused').map(({ id }) => id);
  const cutOff = parts.length - ended - failed - refused.length;
  const others = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(cutOff > 0 ? [`${cutOff} did not`] : []),
    ...(refused.length > 0 ? [`not run: ${[...new Set(refused)].join(', ')}`] : []),
  ];
  const rest = others.length === 0 ? '' : ` (${others.join(', ')})`;
  return `${claims}; ${ended} of ${count(parts.length, 'experiment')} ran to the end${rest}.`;
}
