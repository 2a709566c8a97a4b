import { count, thousands } from '../../model/words.ts';
import { ENDED_WORDS } from '../../run/run-words.ts';
import type { Settled } from '../evidence.ts';
import type { ExperimentRules, OutcomeOf } from '../experiment-rules.ts';
import { capacityAnswers } from './capacity-answers.ts';
import {
  bothArms,
  fullWords,
  inconclusive,
  nearRange,
  notFull,
  ranOutOfPorts,
  type FilledArm,
  type OfCapacity,
} from './capacity-arms.ts';
import { settleOwnPool, settlePreferUnicast } from './capacity-ways.ts';

export const CAPACITY_RULES: ExperimentRules<'capacity'> = {
  claims: {
    'PS-1': settlePs1,
    'PS-2': settlePs2,
    'PS-3': settlePs3,
    'prefer-unicast': settlePreferUnicast,
    'own-pool': settleOwnPool,
  },
  answers: (evidence) => capacityAnswers(evidence, (id) => CAPACITY_RULES.claims[id]?.(evidence)),
  sentence,
};

/**
 * How filling up settles PS-1 to PS-3. Each arm is the other's control: only the difference between
 * them is evidence, and only where the arm without the option was really full.
 */

/** An arm with the option that got less than this share of the one without has lost ports to something else. */
const AS_MANY = 0.9;
/** Of the range times the addresses; others hold some on all of them. */
const CEILING = 0.9;

function settlePs1(evidence: OfCapacity): Settled {
  const { legacy, option } = bothArms(evidence);
  if (legacy.overlap > 0) {
    return {
      outcome: 'refuted',
      because: `${count(legacy.overlap, 'number')} held on two or more addresses at once without the option`,
    };
  }
  if (legacy.ended !== 'exhausted') return notFull(legacy);
  const full = fullWords(legacy, evidence);
  if (option.bound > legacy.bound) {
    return {
      outcome: 'confirmed',
      because: `${full}; with the option the same host gave ${count(option.bound, 'port')}, so it was not memory`,
    };
  }
  if (nearRange(legacy, evidence)) {
    return {
      outcome: 'confirmed',
      because: `${full}; the range has ${count(evidence.usable ?? 0, 'number')}`,
    };
  }
  if (ranOutOfPorts(legacy, evidence) && legacy.fewest > 0) {
    return {
      outcome: 'confirmed',
      because: `${full}; a number outside the range could still be bound, so it was not memory`,
    };
  }
  return inconclusive(
    `${full}, but no other arm got further: what ran out may be something other than the range`,
  );
}

function settlePs2(evidence: OfCapacity): Settled {
  const { legacy, option } = bothArms(evidence);
  if (legacy.overlap > 0) {
    return inconclusive(
      'the control, without the option, repeated numbers across addresses too, so a repeat with it proves nothing',
    );
  }
  if (legacy.ended !== 'exhausted') return notFull(legacy);
  if (option.overlap > 0) {
    return {
      outcome: 'confirmed',
      because: `${count(option.overlap, 'number')} held on two or more addresses at once with the option, none without it`,
    };
  }
  if (option.ended !== 'exhausted') {
    return inconclusive(
      `no number repeated, but the arm with the option ended before it was full (${option.ended})`,
    );
  }
  if (!ranOutOfPorts(option, evidence) && !nearRange(legacy, evidence)) {
    return inconclusive(
      `no number repeated, but both arms ended far from the range (${count(legacy.bound, 'port')}): what ran out may be something other than ports`,
    );
  }
  if (option.bound < legacy.bound * AS_MANY) return portsMissing(legacy, option);
  return {
    outcome: 'refuted',
    because: `with the option, too, ${count(option.bound, 'port')} and then no port left, no number twice`,
  };
}

/** The ports of the arm before may still be kept, or others have taken them. */
function portsMissing(legacy: FilledArm, option: FilledArm): Settled {
  return inconclusive(
    `with the option only ${count(option.bound, 'port')} came after ${thousands(legacy.bound)} without it: those had not come back, or other programs took them; the time-wait experiment tells which`,
  );
}

function settlePs3(evidence: OfCapacity): Settled {
  const { legacy, option } = bothArms(evidence);
  if (legacy.overlap > 0) {
    return inconclusive(
      'the control, without the option, got more than one range too, so a multiple with it proves nothing',
    );
  }
  if (legacy.ended !== 'exhausted') return notFull(legacy);
  const times = Number((option.bound / Math.max(1, legacy.bound)).toFixed(2));
  const on = `on ${count(evidence.addresses, 'address')}`;
  if (option.overlap > 0 && option.bound >= legacy.bound * evidence.addresses * CEILING) {
    return {
      outcome: 'confirmed',
      because: `${count(option.bound, 'port')} ${on} with the option, ${times} times the ${thousands(legacy.bound)} without it`,
    };
  }
  if (settlePs2(evidence).outcome === 'refuted') {
    return {
      outcome: 'refuted',
      because: `${count(option.bound, 'port')} ${on} with the option and ${thousands(legacy.bound)} without it: one range for all of them`,
    };
  }
  return inconclusive(
    `${count(option.bound, 'port')} ${on} with the option, ${times} times the ${thousands(legacy.bound)} without it (${ENDED_WORDS[option.ended]})`,
  );
}

function sentence(evidence: OfCapacity, outcomeOf: OutcomeOf): string {
  return optionSentence(evidence, outcomeOf) + poolSentence(evidence, outcomeOf);
}

function optionSentence(evidence: OfCapacity, outcomeOf: OutcomeOf): string {
  const { legacy, option } = bothArms(evidence);
  const on = `on ${count(evidence.addresses, 'address')}`;
  if (legacy.overlap > 0) {
    return (
      `the control scaled too: ${count(legacy.bound, 'port')} ${on} without the option, ${thousands(option.bound)} with it, ` +
      'so nothing here shows that SO_PORT_SCALABILITY does anything'
    );
  }
  const ps2 = outcomeOf('PS-2')?.outcome;
  if (ps2 === 'confirmed') {
    const times = Number((option.bound / legacy.bound).toFixed(2));
    const untilEnd = option.ended === 'exhausted' ? '' : ', and it was not full';
    return (
      `SO_PORT_SCALABILITY multiplies the wildcard ports by ${times}: ` +
      `${count(option.bound, 'port')} ${on} instead of ${thousands(legacy.bound)}${untilEnd}`
    );
  }
  if (ps2 === 'refuted') {
    return `SO_PORT_SCALABILITY does not multiply the wildcard ports: ${count(option.bound, 'port')} ${on} with it, ${thousands(legacy.bound)} without`;
  }
  return (
    `not settled: ${count(legacy.bound, 'port')} bound without the option (${ENDED_WORDS[legacy.ended]}), ` +
    `${thousands(option.bound)} with it (${ENDED_WORDS[option.ended]})`
  );
}

/** What the other ways gave, where the run tried them. */
function poolSentence({ arms, own }: OfCapacity, outcomeOf: OutcomeOf): string {
  const pool = arms.find(({ strategy }) => strategy === 'port-pool');
  const unicast = outcomeOf('prefer-unicast')?.outcome;
  const parts = [
    ...(pool === undefined
      ? []
      : [
          `an own pool by ${own?.pool?.way === 'explicit' ? 'naming the ports' : 'reservation'} ${thousands(pool.bound)}`,
        ]),
    ...(unicast === 'confirmed' ? ['SO_REUSE_UNICASTPORT shares numbers between remotes'] : []),
    ...(unicast === 'refuted' ? ['SO_REUSE_UNICASTPORT shares none'] : []),
  ];
  return parts.length === 0 ? '.' : `; ${parts.join(', ')}.`;
}
