import { describeCode } from '../../model/winsock-error.ts';
import { count, duration, thousands } from '../../model/words.ts';
import { ENDED_WORDS } from '../../run/run-words.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { Answered, ExperimentRules, OutcomeOf } from '../experiment-rules.ts';
import type { AttemptTallies, AttemptTally, StarvationEvidence } from './starvation-evidence.ts';

type OfStarvation = Evidence<'starvation'>;

export const STARVATION_RULES: ExperimentRules<'starvation'> = {
  claims: { 'PS-4': settlePs4, 'PS-5': settlePs5 },
  answers,
  sentence,
};

/** Rounds, and failures of each kind, from which on nobody speaks of chance. */
const ENOUGH = 3;

/** The kinds of binds the claims speak of; what a plain connect does is told beside them. */
const BINDS = ['bind', 'wildcard-bind'] as const;

/** What the evidence amounts to, before it is put as one claim or the other. */
type Finding =
  | { readonly kind: 'starved'; readonly failed: number }
  | { readonly kind: 'given'; readonly shared: number }
  | { readonly kind: 'unknown'; readonly because: string };

/**
 * Starved: every option-less bind failed although binds with the option, before and after it, got
 * numbers; and with nothing held the same binds succeed. Given: an option-less bind got a number
 * while the run held it through the option; decisive unless the host does the same with numbers
 * held without it. A number others freed meanwhile says nothing either way.
 */
function findingOf({ own }: OfStarvation): Finding {
  const { peak, before, after } = own;
  if (peak === null) return unknown(notFilled(own));
  if (!works(before)) {
    return unknown('binds without the option failed before anything was held');
  }
  const shared = sum(peak.tallies, 'shared');
  if (shared > 0) return givenOrNot(own, shared);
  if (peak.clean < ENOUGH) {
    return unknown(
      peak.optionGot === 0
        ? `with the first address full (${count(own.held, 'number')}), binds with the option failed on the second one as well: nothing shows that a number was left, or that the option does anything`
        : 'other programs took and gave back numbers all the time, so no attempt fell between two that show the range was full',
    );
  }
  if (!works(after)) {
    return unknown('binds without the option still failed after everything had been released');
  }
  if (BINDS.some((kind) => peak.tallies[kind].failed < ENOUGH)) {
    return unknown(
      'other programs gave numbers back all the time, and option-less binds got those',
    );
  }
  return { kind: 'starved', failed: sum(peak.tallies, 'failed') };
}

function givenOrNot({ control, peak }: StarvationEvidence, shared: number): Finding {
  if (peak?.holderConfirmed !== true) {
    return unknown('a number was given twice, but its first holder no longer answered to it');
  }
  if (control === null || control.filled !== 'exhausted') {
    return unknown(
      'numbers held through the option were given to sockets without it, but the control, the same with numbers held without the option, is missing',
    );
  }
  if (sum(control.tallies, 'shared') > 0) {
    return unknown(
      'the control shares numbers too: held without the option, they are given again on another address as well, so nothing here shows what the option does',
    );
  }
  if (control.tallies.bind.failed < ENOUGH) {
    return unknown('the control was disturbed: other programs gave numbers back all the time');
  }
  return { kind: 'given', shared };
}

function settlePs5(evidence: OfStarvation): Settled {
  const finding = findingOf(evidence);
  const { held, recoverySeconds } = evidence.own;
  if (finding.kind === 'unknown') return { outcome: 'inconclusive', because: finding.because };
  if (finding.kind === 'given')
    return { outcome: 'refuted', because: givenWords(evidence, finding.shared) };
  const back =
    recoverySeconds === null
      ? ''
      : `; ${duration(recoverySeconds * 1e9)} after the release they succeeded again`;
  return {
    outcome: 'confirmed',
    because: `with ${count(held, 'number')} held on the first address through the option, all ${count(finding.failed, 'bind')} without it failed (${codesOf(evidence.own)}), while binds with it on the second address went on${back}`,
  };
}

function settlePs4(evidence: OfStarvation): Settled {
  const finding = findingOf(evidence);
  if (finding.kind === 'unknown') return { outcome: 'inconclusive', because: finding.because };
  if (finding.kind === 'given')
    return { outcome: 'refuted', because: givenWords(evidence, finding.shared) };
  return {
    outcome: 'confirmed',
    because: `the only numbers left were held through the option: sockets with it got them, none of ${count(finding.failed, 'bind')} without it did`,
  };
}

function answers(evidence: OfStarvation): Answered[] {
  const finding = findingOf(evidence);
  if (finding.kind === 'given') {
    return [{ id: 'A3', value: 'allowed', because: givenWords(evidence, finding.shared) }];
  }
  const code = starvedCode(evidence.own);
  if (finding.kind === 'unknown') return code;
  const because = `${count(finding.failed, 'bind')} without the option failed while only numbers held through it were left`;
  return [{ id: 'A3', value: 'blocked', because }, ...code];
}

/**
 * A15: the code of binds that failed while the first address was full, where all agree and it is one
 * the model knows. The same binds succeed with nothing held, so numbers held with the option are what
 * stood in the way, whether the option does anything here or not.
 */
function starvedCode({ peak, before, after }: StarvationEvidence): Answered[] {
  if (peak === null || !works(before) || !works(after)) return [];
  if (sum(peak.tallies, 'failed') < ENOUGH) return [];
  const [code, ...others] = codesIn(peak.tallies);
  const value = code === '10055' ? '10055' : code === '10048' ? 'wine' : null;
  if (value === null || others.length > 0) return [];
  return [
    {
      id: 'A15',
      value,
      because: `${count(sum(peak.tallies, 'failed'), 'bind')} without the option got ${describeCode(Number(code))} while numbers held with it stood in the way`,
    },
  ];
}

function codesOf({ peak }: StarvationEvidence): string {
  return codesIn(peak?.tallies)
    .map((code) => describeCode(Number(code)))
    .join(', ');
}

function codesIn(tallies: AttemptTallies | undefined): string[] {
  if (tallies === undefined) return [];
  return [...new Set(BINDS.flatMap((kind) => Object.keys(tallies[kind].codes)))];
}

function sum(tallies: AttemptTallies, what: Exclude<keyof AttemptTally, 'codes'>): number {
  return BINDS.reduce((total, kind) => total + tallies[kind][what], 0);
}

function works(tallies: AttemptTallies): boolean {
  return BINDS.every((kind) => tallies[kind].got > 0);
}

function givenWords({ own }: OfStarvation, shared: number): string {
  return `with ${count(own.held, 'number')} held on the first address through the option, ${count(shared, 'bind')} without it got numbers held there; held without the option, no number was given twice`;
}

function notFilled({ filled, held }: StarvationEvidence): string {
  const why = `filling ended before the range was full (${ENDED_WORDS[filled]}, ${count(held, 'number')} held)`;
  return filled === 'reserve'
    ? `${why}: only an exhaustive run on a lab host can show this (--exhaust)`
    : `${why}, so nobody can have starved`;
}

function unknown(because: string): Finding {
  return { kind: 'unknown', because };
}

function sentence(evidence: OfStarvation, outcomeOf: OutcomeOf): string {
  const { own } = evidence;
  const ps5 = outcomeOf('PS-5');
  if (ps5?.outcome === 'refuted') {
    return `holding every number on one address through SO_PORT_SCALABILITY (${thousands(own.held)}) starves nobody: sockets without it were given numbers held there.`;
  }
  if (ps5?.outcome !== 'confirmed') return `not settled: ${ps5?.because ?? 'no evidence'}.`;
  const back =
    own.recoverySeconds === null
      ? ''
      : `; ports were back ${duration(own.recoverySeconds * 1e9)} after the release`;
  return (
    `applications without SO_PORT_SCALABILITY starve once every number is held on one address, ${thousands(own.held)} of them through it: ` +
    `${codesOf(own)} on every address${connectWords(own)}${back}.`
  );
}

function connectWords({ peak, before }: StarvationEvidence): string {
  if (peak === null || before.connect.got === 0) return '';
  const { failed, got, shared } = peak.tallies.connect;
  if (failed > 0 && got + shared === 0) return ', and outgoing connections fail too';
  if (failed === 0 && got + shared > 0) return ', while outgoing connections without a bind go on';
  return '';
}
