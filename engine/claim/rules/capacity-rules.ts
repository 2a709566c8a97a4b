import { describeCode } from '../../model/winsock-error.ts';
import { count, thousands } from '../../model/words.ts';
import { ENDED_WORDS } from '../../run/run-words.ts';
import type { ArmEvidence, Evidence, Settled } from '../evidence.ts';
import type { ExperimentRules, OutcomeOf } from '../experiment-rules.ts';

type CapacityEvidence = Evidence<'capacity'>;

export const CAPACITY_RULES: ExperimentRules<'capacity'> = {
  claims: { 'PS-1': settlePs1, 'PS-2': settlePs2 },
  answers: () => [],
  sentence,
};

/**
 * How filling up settles PS-1 and PS-2. Each arm is the other's control: only the difference between
 * them is evidence, and only where the arm without the option was really full.
 */

/** Other programs may hold part of the range; a full pool this close below it is still the range's limit. */
const NEAR_RANGE = 0.9;

function settlePs1(evidence: CapacityEvidence): Settled {
  const { legacy, option } = armsOf(evidence);
  if (legacy.overlap > 0) {
    return {
      outcome: 'refuted',
      because: `${count(legacy.overlap, 'number')} held on two or more addresses at once without the option`,
    };
  }
  if (legacy.ended !== 'exhausted') return notFull(legacy);
  const code = describeCode(evidence.exhaustion.bind);
  const full = `${count(legacy.bound, 'port')} on all addresses together, then ${code}, no number twice`;
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
  return {
    outcome: 'inconclusive',
    because: `${full}, but no other arm got further: what ran out may be something other than the range`,
  };
}

function settlePs2(evidence: CapacityEvidence): Settled {
  const { legacy, option } = armsOf(evidence);
  if (legacy.overlap > 0) {
    return {
      outcome: 'inconclusive',
      because:
        'the control, without the option, repeated numbers across addresses too, so a repeat with it proves nothing',
    };
  }
  if (legacy.ended !== 'exhausted') return notFull(legacy);
  if (option.overlap > 0) {
    return {
      outcome: 'confirmed',
      because: `${count(option.overlap, 'number')} held on two or more addresses at once with the option, none without it`,
    };
  }
  if (option.ended === 'exhausted' && !nearRange(legacy, evidence)) {
    return {
      outcome: 'inconclusive',
      because: `no number repeated, but both arms ended far from the range (${count(legacy.bound, 'port')}): what ran out may be something other than ports`,
    };
  }
  if (option.ended === 'exhausted') {
    return {
      outcome: 'refuted',
      because: `with the option, too, ${count(option.bound, 'port')} and then no port left, no number twice`,
    };
  }
  return {
    outcome: 'inconclusive',
    because: `no number repeated, but the arm with the option ended before it was full (${option.ended})`,
  };
}

function nearRange(legacy: ArmEvidence, { usable }: CapacityEvidence): boolean {
  return usable !== null && legacy.bound >= usable * NEAR_RANGE;
}

function armsOf(evidence: CapacityEvidence): { legacy: ArmEvidence; option: ArmEvidence } {
  const legacy = evidence.arms.find((arm) => arm.strategy === 'legacy');
  const option = evidence.arms.find((arm) => arm.strategy === 'port-scalability');
  const missing = { bound: 0, overlap: 0, ended: 'cancelled' } as const;
  return {
    legacy: legacy ?? { strategy: 'legacy', ...missing },
    option: option ?? { strategy: 'port-scalability', ...missing },
  };
}

function notFull(legacy: ArmEvidence): Settled {
  return {
    outcome: 'inconclusive',
    because: `the arm without the option was not filled (ended: ${legacy.ended}, ${count(legacy.bound, 'port')}); the sweep experiment settles this safely`,
  };
}

function sentence(evidence: CapacityEvidence, outcomeOf: OutcomeOf): string {
  const { legacy, option } = armsOf(evidence);
  const on = `on ${count(evidence.addresses, 'address')}`;
  if (legacy.overlap > 0) {
    return (
      `the control scaled too: ${count(legacy.bound, 'port')} ${on} without the option, ${thousands(option.bound)} with it, ` +
      'so nothing here shows that SO_PORT_SCALABILITY does anything.'
    );
  }
  const ps2 = outcomeOf('PS-2')?.outcome;
  if (ps2 === 'confirmed') {
    const times = Number((option.bound / legacy.bound).toFixed(2));
    const untilEnd = option.ended === 'exhausted' ? '' : ', and it was not full';
    return (
      `SO_PORT_SCALABILITY multiplies the wildcard ports by ${times}: ` +
      `${count(option.bound, 'port')} ${on} instead of ${thousands(legacy.bound)}${untilEnd}.`
    );
  }
  if (ps2 === 'refuted') {
    return `SO_PORT_SCALABILITY does not multiply the wildcard ports: ${count(option.bound, 'port')} ${on} with it, ${thousands(legacy.bound)} without.`;
  }
  return (
    `not settled: ${count(legacy.bound, 'port')} bound without the option (${ENDED_WORDS[legacy.ended]}), ` +
    `${thousands(option.bound)} with it (${ENDED_WORDS[option.ended]}).`
  );
}
