import { count, percent, thousands } from '../../model/words.ts';
import { describeCode } from '../../model/winsock-error.ts';
import type { ArmEvidence, Evidence, Settled, SweepEvidence } from '../evidence.ts';
import type { ExperimentRules, OutcomeOf } from '../experiment-rules.ts';
import { answersOfSweep, isIgnored, readSweeps } from './sweep-answers.ts';

type OfSweep = Evidence<'sweep'>;

export const SWEEP_RULES: ExperimentRules<'sweep'> = {
  claims: {
    'PS-1': settlePs1,
    'PS-2': settlePs2,
    'PS-4': settlePs4,
    platform: settlePlatform,
  },
  answers: (evidence) =>
    answersOfSweep(evidence, settlePs1(evidence).outcome, settlePs2(evidence).outcome),
  sentence,
};

/**
 * How hold-and-sweep settles PS-1 and PS-2. A hit (a number held on both addresses at once) decides
 * at once. No hit says something only where the sweep covered the range and another arm of the same
 * run shows that this host's picking order would have hit: two small samples without a common number
 * prove nothing (with one shared next-fit cursor the overlap is 0 while the option works). For
 * sockets without the option it is also enough that the very numbers come up once released; with it
 * not: a host may prefer numbers that are free everywhere.
 */
function settlePs1(evidence: OfSweep): Settled {
  const { controls, treatment } = armsOf(evidence);
  const lost = lostHolders(evidence);
  if (lost !== null) return lost;
  const hits = sum(controls, (arm) => arm.overlap);
  if (hits > 0) {
    return {
      outcome: 'refuted',
      because: `without the option ${count(hits, 'number')} held on the first address came up again on the second`,
    };
  }
  const uncovered = controls.find((arm) => !covered(arm));
  if (controls.length < 2 || uncovered !== undefined) return notCovered(uncovered);
  const none = `without the option none of ${held(controls)} held numbers came up again in ${count(
    sum(controls, (arm) => arm.sweep.swept),
    'bind',
  )} covering ${percent(Math.min(...controls.map((arm) => arm.sweep.coverage)))} of the range`;
  if (treatment !== undefined && treatment.overlap > 0) {
    return { outcome: 'confirmed', because: `${none}; with it ${repeats(treatment)}` };
  }
  const again = controls.find((arm) => cameAgain(arm));
  if (again === undefined) return orderUnknown();
  return {
    outcome: 'confirmed',
    because: `${none}; once released, these very numbers did`,
  };
}

/** At least half of the held numbers, and enough to tell, were given once they were released. */
function cameAgain({ sweep: { held: numbers, again = 0 } }: SweepArm): boolean {
  return again >= 4 && again >= numbers / 2;
}

function settlePs2(evidence: OfSweep): Settled {
  const { controls, treatment } = armsOf(evidence);
  const lost = lostHolders(evidence);
  if (lost !== null) return lost;
  const refused = evidence.own?.refused ?? null;
  if (refused !== null) {
    return {
      outcome: 'refuted',
      because: `this host refuses the option: setsockopt answers ${describeCode(refused)}`,
    };
  }
  if (sum(controls, (arm) => arm.overlap) > 0) {
    return {
      outcome: 'inconclusive',
      because:
        'the control repeats numbers: without the option, too, held numbers came up on the other address, so a repeat with it proves nothing',
    };
  }
  if (treatment === undefined) return notCovered(undefined);
  if (treatment.overlap > 0) {
    const uncovered = controls.find((arm) => !covered(arm));
    if (controls.length < 2 || uncovered !== undefined) return notCovered(uncovered);
    return {
      outcome: 'confirmed',
      because: `with the option ${repeats(treatment)}; the controls before and after it repeated none`,
    };
  }
  // Here no control hit either, so nothing shows that the picking order would have met a held number.
  return covered(treatment) ? orderUnknown() : notCovered(treatment);
}

/** What sockets with the option hold is looked for by sockets without it, side by side with other numbers. */
function settlePs4(evidence: OfSweep): Settled {
  const lost = lostHolders(evidence);
  if (lost !== null) return lost;
  const ps2 = settlePs2(evidence);
  if (ps2.outcome !== 'confirmed') {
    return {
      outcome: 'inconclusive',
      because: `what the option takes from sockets without it shows only where it is seen to work: ${ps2.because}`,
    };
  }
  const { without } = evidence.own ?? {};
  if (without === null || without === undefined) {
    return {
      outcome: 'inconclusive',
      because: 'sockets without the option were not tried on its numbers; leave out --set quick=1',
    };
  }
  const { option } = without.by;
  const binds = count(without.sweeping.swept, 'bind');
  switch (readSweeps(evidence).without?.option) {
    case 'given':
      return {
        outcome: 'refuted',
        because: `${count(option.met, 'number')} held through the option on the first address came up again on the second without it, in ${binds}`,
      };
    case 'withheld':
      return {
        outcome: 'confirmed',
        because: `of ${count(option.held, 'number')} held through the option none came up without it in ${binds} covering ${percent(without.sweeping.coverage)} of the range; once released, these very numbers did`,
      };
    default:
      return {
        outcome: 'inconclusive',
        because: `none of ${count(option.held, 'number')} held through the option came up without it in ${binds}, but that covered ${percent(without.sweeping.coverage)} of the range, and ${option.metFree} came up once released: too little to tell; allow more binds with --set laps=N`,
      };
  }
}

function settlePlatform(evidence: OfSweep): Settled {
  const { edition } = evidence;
  if (edition === null) {
    return {
      outcome: 'inconclusive',
      because: 'this host is no Windows edition the claim speaks of, or it is unknown which',
    };
  }
  const ps2 = settlePs2(evidence);
  const works = ps2.outcome === 'confirmed';
  if (!works && ps2.outcome !== 'refuted' && !isIgnored(evidence)) {
    return {
      outcome: 'inconclusive',
      because: `whether this ${edition} edition honours the option is not settled: ${ps2.because}`,
    };
  }
  return {
    outcome: works === (edition === 'server') ? 'confirmed' : 'refuted',
    because: works
      ? `this ${edition} edition honours the option: ${ps2.because}`
      : `this ${edition} edition does not honour the option: ${ps2.outcome === 'refuted' ? ps2.because : 'numbers are given alike with and without it, whoever holds them'}`,
  };
}

interface SweepArm extends ArmEvidence {
  readonly sweep: SweepEvidence;
}

function armsOf(evidence: OfSweep): {
  controls: readonly SweepArm[];
  treatment: SweepArm | undefined;
} {
  const arms = evidence.arms.filter((arm): arm is SweepArm => arm.sweep !== undefined);
  return {
    controls: arms.filter((arm) => arm.strategy === 'legacy'),
    treatment: arms.find((arm) => arm.strategy === 'port-scalability'),
  };
}

function covered(arm: SweepArm): boolean {
  return arm.sweep.coverage >= arm.sweep.enough;
}

function repeats(arm: SweepArm): string {
  return `${count(arm.overlap, 'held number')} came up again within ${count(arm.sweep.swept, 'bind')}`;
}

function held(arms: readonly SweepArm[]): string {
  return String(Math.min(...arms.map((arm) => arm.sweep.held)));
}

function sum(arms: readonly SweepArm[], value: (arm: SweepArm) => number): number {
  return arms.reduce((total, arm) => total + value(arm), 0);
}

function lostHolders(evidence: OfSweep): Settled | null {
  const lost = evidence.arms.reduce((total, arm) => total + (arm.sweep?.lost ?? 0), 0);
  if (lost === 0) return null;
  return {
    outcome: 'inconclusive',
    because: `${count(lost, 'held socket')} no longer had its port at the end of an arm`,
  };
}

function notCovered(arm: SweepArm | undefined): Settled {
  const reached =
    arm === undefined ? 'an arm is missing' : `an arm covered ${percent(arm.sweep.coverage)}`;
  return {
    outcome: 'inconclusive',
    because: `the sweep did not cover the range (${reached}); allow more binds with --set laps=N`,
  };
}

function orderUnknown(): Settled {
  return {
    outcome: 'inconclusive',
    because:
      'no number repeated in any arm: nothing shows that this host would have picked a held number at all; capacity can settle it, on a lab host',
  };
}

function sentence(evidence: OfSweep, outcomeOf: OutcomeOf): string {
  const ceiling =
    evidence.usable === null
      ? ''
      : `: up to ${thousands(evidence.usable)} on each of ${count(evidence.addresses, 'address')}`;
  if (outcomeOf('PS-1')?.outcome === 'refuted') {
    return 'the control repeats numbers: they come up again on another address even without the option, so nothing here shows what SO_PORT_SCALABILITY does.';
  }
  const ps2 = outcomeOf('PS-2');
  if (ps2?.outcome === 'confirmed') {
    return `SO_PORT_SCALABILITY works: numbers held on one address are given again on another with it, never without it${ceiling}.`;
  }
  if (ps2?.outcome === 'refuted') return `SO_PORT_SCALABILITY does nothing here: ${ps2.because}.`;
  return `not settled: ${ps2?.because ?? 'no evidence'}.`;
}
