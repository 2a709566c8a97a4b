import { count } from '../../model/words.ts';
import { readCovered, readMet } from '../encounter.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { Answered, ExperimentRules } from '../experiment-rules.ts';

type OfProcesses = Evidence<'cross-process'>;

export const CROSS_PROCESS_RULES: ExperimentRules<'cross-process'> = {
  claims: { 'PS-8': settlePs8 },
  answers,
  sentence: (evidence) => {
    const { outcome, because } = settlePs8(evidence);
    const freed = freedWords(evidence);
    if (outcome === 'confirmed') {
      return `processes share numbers through SO_PORT_SCALABILITY: ${because}${freed}.`;
    }
    if (outcome === 'refuted') {
      return `SO_PORT_SCALABILITY shares numbers within one process only: ${because}${freed}.`;
    }
    return `not settled: ${because}${freed}.`;
  },
};

/**
 * Two processes with the option hold numbers side by side, and one of them sweeps. That it is given its
 * own is the control of whether it is given the other's.
 */
function settlePs8({ own }: OfProcesses): Settled {
  const { before, withOption, after, died } = own;
  if (died) return open('a process of the lab ended unasked; repeat the run');
  if (before === null || withOption === null || after === null) return open('a sweep is missing');
  const controls = [readCovered(before), readCovered(after)];
  if (controls.some(({ another, same }) => another === 'given' || same === 'given')) {
    return open(
      'numbers come up again on another address even without the option, so nothing shows what it does between processes',
    );
  }
  if (controls.some(({ another, same }) => another === 'unknown' || same === 'unknown')) {
    return open(
      'the sweep without the option did not cover the range; allow more binds with --set laps=N',
    );
  }
  const { another, same } = withOption.by;
  const figures = `of numbers held through the option ${another.met} of ${another.held} of another process came up again, ${same.met} of ${same.held} of the same one; without it none`;
  const read = readMet(withOption, 'same');
  if (read.another === 'given') return { outcome: 'confirmed', because: figures };
  if (read.same !== 'given') {
    return open(
      'numbers of one process were not given again with the option either, so nothing shows what another’s are; see what the sweep experiment says',
    );
  }
  return read.another === 'withheld'
    ? { outcome: 'refuted', because: figures }
    : open(`${figures}, which is too few to tell; allow more binds with --set laps=N`);
}

function open(because: string): Settled {
  return { outcome: 'inconclusive', because };
}

function answers(evidence: OfProcesses): Answered[] {
  const { outcome, because } = settlePs8(evidence);
  if (outcome === 'inconclusive') return [];
  const value = outcome === 'confirmed' ? 'host-wide' : 'same-process-only';
  return [{ id: 'A4', value, because }];
}

/** What became of the ports of the process that was killed. */
function freedWords({ own: { killed } }: OfProcesses): string {
  if (killed === null || killed.held === 0) return '';
  return killed.freedMs === null
    ? `; of ${count(killed.held, 'port')} of a killed process ${killed.freed} were seen free again`
    : `; ${count(killed.held, 'port')} of a killed process were free again after ${Math.ceil(killed.freedMs)} ms`;
}
