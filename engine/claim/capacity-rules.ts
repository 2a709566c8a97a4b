import { count } from '../model/words.ts';
import { describeCode } from '../model/winsock-error.ts';
import type { ArmEvidence, Evidence, Settled } from './evidence.ts';

/**
 * How filling up settles PS-1 and PS-2. Each arm is the other's control: only the difference between
 * them is evidence, and only where the arm without the option was really full.
 */

/** Other programs may hold part of the range; a full pool this close below it is still the range's limit. */
const NEAR_RANGE = 0.9;

export function settlePs1ByFilling(evidence: Evidence): Settled {
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

export function settlePs2ByFilling(evidence: Evidence): Settled {
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

function nearRange(legacy: ArmEvidence, { usable }: Evidence): boolean {
  return usable !== null && legacy.bound >= usable * NEAR_RANGE;
}

function armsOf(evidence: Evidence): { legacy: ArmEvidence; option: ArmEvidence } {
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
