import { describeCode } from '../../model/winsock-error.ts';
import { count, thousands } from '../../model/words.ts';
import { ENDED_WORDS } from '../../run/run-words.ts';
import type { Evidence, Settled } from '../evidence.ts';
import type { ExperimentRules, OutcomeOf } from '../experiment-rules.ts';
import type { MixedSide } from './mixed-load-evidence.ts';

type OfMixedLoad = Evidence<'mixed-load'>;

/** Failures from which on nobody speaks of chance. */
const ENOUGH = 3;

/** Two processes that share a host support PS-5; that it is refuted takes starvation's control. */
export const MIXED_LOAD_RULES: ExperimentRules<'mixed-load'> = {
  claims: { 'PS-5': settlePs5 },
  answers: () => [],
  sentence,
};

function settlePs5({ own }: OfMixedLoad): Settled {
  const side = own.optionGrows;
  if (own.died) return open('a process of the lab ended unasked');
  if (side === null) return open('the application with the option was never let grow');
  if (side.gotBefore === 0)
    return open('the application without the option got no port to begin with');
  if (side.heldAtFailure === null) return open(neverFailed(side));
  if (side.between < ENOUGH) {
    return open(
      `the application without the option failed (${codesOf(side)}), but so did the other one, or others took part: nothing shows that numbers were left for sockets with the option`,
    );
  }
  if (side.gotAfter === 0) return open('binds without the option still failed after the release');
  return {
    outcome: 'confirmed',
    because: `once another process held ${count(side.heldAtFailure, 'port')} through the option, binds without it failed (${codesOf(side)}), ${count(side.between, 'time')} between binds with the option that got numbers; after the release they succeeded`,
  };
}

function neverFailed({ ended, grewTo }: MixedSide): string {
  const grew = `the application with the option came to ${count(grewTo, 'port')} (${ENDED_WORDS[ended]})`;
  return ended === 'reserve'
    ? `${grew}: only an exhaustive run on a lab host can show this (--exhaust)`
    : `${grew}, and binds without it went on: the starvation experiment tells why`;
}

function sentence({ own, addresses }: OfMixedLoad, outcomeOf: OutcomeOf): string {
  const ps5 = outcomeOf('PS-5');
  const { optionGrows, legacyGrows } = own;
  if (ps5?.outcome !== 'confirmed' || optionGrows === null) {
    return `not settled: ${ps5?.because ?? 'no evidence'}.`;
  }
  return (
    `an application without SO_PORT_SCALABILITY starves once another one holds ${count(optionGrows.heldAtFailure ?? 0, 'port')} through it on ${count(addresses, 'address')}` +
    `${otherWay(legacyGrows)}.`
  );
}

function otherWay(side: MixedSide | null): string {
  if (side === null || side.gotBefore === 0) return '';
  if (side.heldAtFailure === null) {
    return side.ended === 'exhausted'
      ? `; the other way round it goes on to get ports when one without it holds all ${thousands(side.grewTo)} it can get`
      : '';
  }
  return `; the other way round the one with it gets none once one without it holds ${thousands(side.heldAtFailure)}`;
}

function codesOf({ codes }: MixedSide): string {
  return Object.keys(codes)
    .map((code) => describeCode(Number(code)))
    .join(', ');
}

function open(because: string): Settled {
  return { outcome: 'inconclusive', because };
}
