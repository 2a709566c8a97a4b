import { count } from '../../model/words.ts';
import { coveredShare, pickedShare, readCovered, readEncounter, type MetBy } from '../encounter.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { Answered, ExperimentRules } from '../experiment-rules.ts';

type OfAdapters = Evidence<'same-adapter'>;

export const SAME_ADAPTER_RULES: ExperimentRules<'same-adapter'> = {
  claims: {
    'PS-2': (evidence) => {
      const same = onSameAdapter(evidence);
      const other = onOther(evidence);
      return other === null ? same : { ...same, elsewhere: other };
    },
  },
  answers,
  sentence: (evidence) => {
    const { outcome, because } = onSameAdapter(evidence);
    if (outcome === 'confirmed') {
      return `addresses of one adapter share numbers through SO_PORT_SCALABILITY: ${because}.`;
    }
    if (outcome === 'refuted') {
      return `addresses of one adapter do not share numbers through SO_PORT_SCALABILITY, those of two do, as on hosts without hotfix KB2826167: ${because}.`;
    }
    return `not settled: ${because}.`;
  },
};

/** On one adapter; the fault KB2826167 shows by numbers that are shared across adapters only. */
function onSameAdapter(evidence: OfAdapters): Settled {
  const { same, other } = evidence.own.withOption;
  const settled = (outcome: Settled['outcome'], because: string): Settled => ({
    outcome,
    because,
    addressClass: 'same-nic',
  });
  const trouble = controlTrouble(evidence, 'same');
  if (trouble !== null) return settled('inconclusive', trouble);
  if (same === null) return settled('inconclusive', 'a sweep is missing');
  if (readCovered(same).only === 'given') {
    return settled('confirmed', `with the option ${metWords(same)}; without it none`);
  }
  const none = `with the option ${metWords(same)} on another address of the same adapter`;
  if (other === null) {
    return settled(
      'inconclusive',
      `${none}; whether this host would have picked one at all shows only beside an address of another adapter: name one, third, with --addresses`,
    );
  }
  if (readCovered(other).only !== 'given' || controlTrouble(evidence, 'other') !== null) {
    return settled(
      'inconclusive',
      `${none}, nor were any shown to come up on another adapter; see what the sweep experiment says`,
    );
  }
  const pickable = Math.max(pickedShare(other.by.only), 0);
  return readEncounter(same.by.only, pickable, same.sweeping.finished) === 'withheld'
    ? settled('refuted', `${none}, ${metWords(other)} on another adapter`)
    : settled(
        'inconclusive',
        `${none}, but too few of these came up there once released; allow more binds with --set laps=N`,
      );
}

/** Across adapters: null where there is no address of another one. */
function onOther(evidence: OfAdapters): Settled | null {
  const { other } = evidence.own.withOption;
  if (other === null) return null;
  const addressClass = 'different-nics' as const;
  const trouble = controlTrouble(evidence, 'other');
  if (trouble !== null) return { outcome: 'inconclusive', because: trouble, addressClass };
  if (readCovered(other).only === 'given') {
    return {
      outcome: 'confirmed',
      because: `with the option ${metWords(other)}; without it none`,
      addressClass,
    };
  }
  return {
    outcome: 'inconclusive',
    because:
      'no number came up again: nothing shows that this host would have picked a held one at all; capacity can settle it, on a lab host',
    addressClass,
  };
}

/** What is wrong with the sweeps without the option: they must cover the range and repeat nothing. */
function controlTrouble({ own }: OfAdapters, which: 'same' | 'other'): string | null {
  for (const { [which]: sweep } of [own.before, own.after]) {
    if (sweep === null) return 'a sweep without the option is missing';
    if (readCovered(sweep).only === 'given') {
      return 'numbers come up again on another address even without the option, so a repeat with it proves nothing';
    }
    if (coveredShare(sweep.sweeping) === 0) {
      return 'the sweep without the option did not cover the range; allow more binds with --set laps=N';
    }
  }
  const lost = own.withOption[which]?.by.only.lost ?? 0;
  return lost > 0 ? `${count(lost, 'held socket')} no longer had its port at the end` : null;
}

function metWords({ by: { only } }: MetBy<'only'>): string {
  return `${only.met} of ${count(only.held, 'held number')} came up again`;
}

function answers(evidence: OfAdapters): Answered[] {
  const { outcome, because } = onSameAdapter(evidence);
  if (outcome === 'inconclusive') return [];
  const value = outcome === 'confirmed' ? 'shared' : 'not-shared';
  return [{ id: 'A28', value, because, addressClass: 'same-nic' }];
}
