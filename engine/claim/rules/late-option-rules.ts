import { describeCode, WSA } from '../../model/winsock-error.ts';
import { count } from '../../model/words.ts';
import { readCovered, readMet, withoutPreference, type Readings } from '../encounter.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { Answered, ExperimentRules } from '../experiment-rules.ts';
import type { LateHolder } from './late-option-evidence.ts';

type OfLate = Evidence<'late-option'>;

export const LATE_OPTION_RULES: ExperimentRules<'late-option'> = {
  claims: { 'PS-6': settlePs6 },
  answers,
  sentence: (evidence) => {
    const { outcome, because } = settlePs6(evidence);
    if (outcome === 'confirmed')
      return `SO_PORT_SCALABILITY set after bind changes nothing: ${because}.`;
    if (outcome === 'refuted') return `SO_PORT_SCALABILITY works also after bind: ${because}.`;
    return `not settled: ${because}.`;
  },
};

/**
 * Numbers of sockets that set the option late lie beside those of sockets that set it before bind, and
 * never. Sweeps tell the latter two apart; whose side the late ones are on is the answer.
 */
interface Read {
  readonly withOption: Readings<LateHolder>;
  readonly without: Readings<LateHolder>;
}

function read({ own: { withOption, without } }: OfLate): Read | null {
  if (withOption === null || without === null) return null;
  const plain = readCovered(without);
  return { withOption: withoutPreference(readMet(withOption, 'before'), plain), without: plain };
}

/** The option is seen to work: its numbers come up with it, and without it option-less ones never do. */
function works({ withOption, without }: Read): boolean {
  return withOption.before === 'given' && without.never === 'withheld';
}

function settlePs6(evidence: OfLate): Settled {
  const { own } = evidence;
  const found = read(evidence);
  if (found === null) return open('a sweep is missing');
  if (!works(found)) {
    return open(
      found.without.never === 'given'
        ? 'numbers come up again on another address even without the option, so nothing shows what setting it late does'
        : 'the option set before bind was not seen to work here, so nothing shows what setting it late does; see what the sweep experiment says',
    );
  }
  const { withOption, without } = found;
  if (withOption.never === 'withheld' && withOption.late !== 'unknown') {
    return settled(withOption.late === 'given', evidence, 'withOption');
  }
  // Where sockets with the option are given everybody's numbers, those without it may tell.
  if (without.before === 'given' && without.late !== 'unknown') {
    return settled(without.late === 'given', evidence, 'without');
  }
  if (withOption.never === 'given' && without.before === 'withheld') {
    return open(
      'held numbers come up again with the option whoever holds them, and never without it: nothing tells numbers held with and without it apart here',
    );
  }
  return open(
    `too few of the numbers held were seen to come up at all (${count(own.withOption?.by.late.held ?? 0, 'number')} held late); allow more binds with --set laps=N`,
  );
}

function settled(works: boolean, { own }: OfLate, sweep: 'withOption' | 'without'): Settled {
  const by = own[sweep]!.by;
  const figures = `of numbers held ${by.late.met} of ${by.late.held} came up again where it was set after bind, ${by.before.met} of ${by.before.held} where before, ${by.never.met} of ${by.never.held} where never`;
  return {
    outcome: works ? 'refuted' : 'confirmed',
    because:
      own.lateCode === null || own.lateCode === 0
        ? figures
        : `setting it then answers ${describeCode(own.lateCode)}; ${figures}`,
  };
}

function open(because: string): Settled {
  return { outcome: 'inconclusive', because };
}

function answers(evidence: OfLate): Answered[] {
  const { lateCode } = evidence.own;
  const found = read(evidence);
  const said: Answered[] = [];
  if (lateCode === 0) {
    said.push({ id: 'A17', value: 'accepted', because: 'setsockopt on a bound socket answers 0' });
  } else if (lateCode === WSA.WSAEINVAL) {
    said.push({ id: 'A17', value: 'refused', because: `it answers ${describeCode(lateCode)}` });
  }
  const { outcome, because } = settlePs6(evidence);
  // Where setting it is refused, nothing could take effect.
  if (outcome !== 'inconclusive' && lateCode === 0) {
    const value = outcome === 'confirmed' ? 'no-effect' : 'takes-effect';
    said.push({ id: 'PS-6', value, because });
  }
  if (found !== null && works(found) && found.withOption.never !== 'unknown') {
    const { met, held } = evidence.own.withOption!.by.never;
    said.push({
      id: 'A2',
      value: found.withOption.never === 'given' ? 'allowed' : 'blocked',
      because: `held without the option: ${met} of ${count(held, 'number')} came up with it`,
    });
  }
  return said;
}
