import { count } from '../../model/words.ts';
import { picksTaken, readCovered, readMet, type Reading } from '../encounter.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { Answered, ExperimentRules } from '../experiment-rules.ts';

type OfWildcard = Evidence<'wildcard-address'>;

export const WILDCARD_ADDRESS_RULES: ExperimentRules<'wildcard-address'> = {
  claims: { 'PS-7': settlePs7 },
  answers,
  sentence: (evidence) => {
    const { outcome, because } = settlePs7(evidence);
    if (outcome === 'confirmed') {
      return `SO_PORT_SCALABILITY does nothing on the wildcard address, nor with a named port: ${because}.`;
    }
    if (outcome === 'refuted') {
      return `SO_PORT_SCALABILITY does more than its page says: ${because}.`;
    }
    return `not settled: ${because}.`;
  },
};

/** What a socket with the option gets on the wildcard address: a number the option holds, or none of these. */
function onWildcard({ own }: OfWildcard): { reading: Reading; why: string } {
  const { wildcardWith, wildcardWithout, specificWith, specificWithout } = own;
  const unknown = (why: string): { reading: Reading; why: string } => ({ reading: 'unknown', why });
  if (!wildcardWith || !wildcardWithout || !specificWith || !specificWithout) {
    return unknown('a sweep is missing');
  }
  const plainly = readCovered(specificWithout);
  if (plainly.plain === 'given') {
    return unknown(
      'numbers come up again on another address even without the option, so nothing shows what it does',
    );
  }
  const specifically = readMet(specificWith, 'option');
  if (specifically.option !== 'given' || plainly.plain !== 'withheld') {
    return unknown(
      'the option was not seen to work on a specific address, so nothing shows that it doesn’t on the wildcard address; see what the sweep experiment says',
    );
  }
  if (readCovered(wildcardWithout).option === 'given') {
    return unknown(
      'the wildcard address is given numbers the option holds even without the option there',
    );
  }
  const { option: reading } = readCovered(wildcardWith);
  const { met, held } = wildcardWith.by.option;
  const figures = `the wildcard address was given ${met} of ${count(held, 'number')} held through the option, the specific one ${specificWith.by.option.met}`;
  if (reading === 'withheld' && !picksTaken(specifically, plainly)) {
    return unknown(`${figures}; but this host may have passed over them by preference`);
  }
  if (reading === 'unknown') {
    return unknown(
      `${figures}; but too few of them came up there once released; allow more binds with --set laps=N`,
    );
  }
  return { reading, why: figures };
}

/** Whether naming a held number is answered as without the option. */
function namedAlike({ own: { named } }: OfWildcard): boolean | null {
  const other = named.find(({ tries, differs }) => differs >= 2 && differs === tries);
  if (other !== undefined) return false;
  const tries = named.reduce((sum, one) => sum + one.tries, 0);
  const refused = named.some((one) => one.tries > one.allowed);
  const allowed = named.some((one) => one.allowed > 0);
  const same = named.every(({ differs }) => differs === 0);
  return same && tries > 0 && refused && allowed ? true : null;
}

function settlePs7(evidence: OfWildcard): Settled {
  const { reading, why } = onWildcard(evidence);
  const alike = namedAlike(evidence);
  if (reading === 'given') return { outcome: 'refuted', because: why };
  if (reading === 'unknown') return { outcome: 'inconclusive', because: why };
  if (alike === null) {
    return {
      outcome: 'inconclusive',
      because: `${why}; but too few named ports were answered alike to compare`,
    };
  }
  return alike
    ? {
        outcome: 'confirmed',
        because: `${why}; naming a held port is answered as without the option in ${count(
          evidence.own.named.reduce((sum, { tries }) => sum + tries, 0),
          'try',
        ).replace('trys', 'tries')}`,
      }
    : {
        outcome: 'refuted',
        because: 'naming a held port is answered otherwise with the option than without',
      };
}

function answers(evidence: OfWildcard): Answered[] {
  const { reading, why } = onWildcard(evidence);
  if (reading === 'unknown') return [];
  return [{ id: 'A6', value: reading === 'given' ? 'as-option' : 'as-option-less', because: why }];
}
