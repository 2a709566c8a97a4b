import { count, thousands } from '../../model/words.ts';
import {
  readCovered,
  readMet,
  withoutPreference,
  type Reading,
  type Readings,
} from '../encounter.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { Answered } from '../experiment-rules.ts';
import type { HolderName } from './sweep-evidence.ts';

/**
 * What hold-and-sweep answers of the open questions. Those that ask what one kind of socket takes from
 * another mean something only where the option is seen to work.
 */
type OfSweep = Evidence<'sweep'>;

/** Whose numbers the second address was given, with all kinds side by side. */
export function readSweeps({ own }: OfSweep): {
  readonly withOption: Readings<HolderName> | null;
  readonly without: Readings<HolderName> | null;
} {
  const { withOption = null, without = null } = own ?? {};
  const plain = without === null ? null : readCovered(without);
  return {
    withOption:
      withOption === null ? null : withoutPreference(readMet(withOption, 'option'), plain),
    without: plain,
  };
}

/**
 * Whether the option changes nothing: numbers are given on the second address whether they are held
 * with or without it, to sockets with and without it alike. Where nothing is ever given again that
 * can't be told.
 */
export function isIgnored(evidence: OfSweep): boolean {
  const { withOption, without } = readSweeps(evidence);
  if (withOption === null || without === null) return false;
  return (['legacy', 'option'] as const).every(
    (name) => withOption[name] === 'given' && without[name] === 'given',
  );
}

export function answersOfSweep(
  evidence: OfSweep,
  ps1: Settled['outcome'],
  ps2: Settled['outcome'],
): Answered[] {
  return [
    ...ofPs1(ps1),
    ...ofA1(evidence, ps2),
    ...(ps2 === 'confirmed' ? ofOthers(evidence) : []),
  ];
}

function ofPs1(ps1: Settled['outcome']): Answered[] {
  if (ps1 === 'inconclusive') return [];
  return [
    ps1 === 'confirmed'
      ? {
          id: 'PS-1',
          value: 'one-range',
          because: 'numbers held without the option on one address never came up on another',
        }
      : {
          id: 'PS-1',
          value: 'per-address',
          because: 'numbers held without the option on one address came up again on another',
        },
  ];
}

function ofA1(evidence: OfSweep, ps2: Settled['outcome']): Answered[] {
  const refused = evidence.own?.refused ?? null;
  if (ps2 === 'confirmed') {
    const because = 'held numbers came up again on another address with the option, never without';
    return [
      { id: 'A1', value: 'honoured', because },
      ...(evidence.protocol === 'udp'
        ? [{ id: 'A12', value: 'as-tcp', because: `over UDP: ${because}` } as const]
        : []),
      ...(evidence.family === 'ipv6'
        ? [{ id: 'A13', value: 'as-ipv4', because: `over IPv6: ${because}` } as const]
        : []),
    ];
  }
  if (refused === NO_SUCH_OPTION) {
    return [{ id: 'A1', value: 'refused', because: `setsockopt answers ${refused}` }];
  }
  // Over UDP or IPv6 it may be ignored there alone.
  if (!isIgnored(evidence) || evidence.protocol === 'udp' || evidence.family === 'ipv6') return [];
  return [
    {
      id: 'A1',
      value: 'ignored',
      because:
        'numbers are given again on another address alike, held or asked for with or without it',
    },
  ];
}

/** WSAENOPROTOOPT. */
const NO_SUCH_OPTION = 10_042;

/** What other kinds of holders take from sockets with the option, and these from others. */
function ofOthers(evidence: OfSweep): Answered[] {
  const { withOption, without } = readSweeps(evidence);
  const answers: Answered[] = [];
  const met = (sweep: 'withOption' | 'without', name: HolderName): string => {
    const found = evidence.own?.[sweep] ?? null;
    if (found === null) return '';
    const { met: given, held } = found.by[name];
    const who = sweep === 'without' ? 'without the option' : 'with the option';
    return `${thousands(given)} of ${count(held, 'number')} came up ${who}`;
  };
  if (withOption !== null && withOption.legacy !== 'unknown') {
    answers.push({
      id: 'A2',
      value: withOption.legacy === 'given' ? 'allowed' : 'blocked',
      because: `held without the option: ${met('withOption', 'legacy')}`,
    });
  }
  if (without !== null && without.option !== 'unknown') {
    answers.push({
      id: 'A3',
      value: without.option === 'given' ? 'allowed' : 'blocked',
      because: `held through the option: ${met('without', 'option')}`,
    });
  }
  const named = namedHolders(withOption?.named, without?.named);
  if (named !== null) {
    answers.push({
      id: 'A10',
      value: named,
      because: `named by the socket that holds them: ${met('withOption', 'named')}, ${met('without', 'named')}`,
    });
  }
  if (withOption !== null && withOption.wildcard !== 'unknown') {
    answers.push({
      id: 'A11',
      value: withOption.wildcard === 'given' ? 'allowed' : 'blocked',
      because: `held on the wildcard address: ${met('withOption', 'wildcard')}`,
    });
  }
  return answers;
}

/** Whom holders of numbers they named bar on other addresses; null where that is not settled. */
function namedHolders(
  withOption: Reading | undefined,
  without: Reading | undefined,
): 'option-less' | 'all' | 'none' | null {
  if (without === 'given') return 'none';
  if (without !== 'withheld') return null;
  if (withOption === 'given') return 'option-less';
  return withOption === 'withheld' ? 'all' : null;
}
