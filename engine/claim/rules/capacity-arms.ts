import { describeCode } from '../../model/winsock-error.ts';
import type { Strategy } from '../../model/strategy.ts';
import { count } from '../../model/words.ts';
import type { ArmEvidence, Evidence, Settled } from '../evidence.ts';
import type { CapacityArm } from './capacity-evidence.ts';

export type OfCapacity = Evidence<'capacity'>;

/** An arm with what the run told of it; nothing told reads as nothing known. */
export type FilledArm = ArmEvidence & Omit<CapacityArm, 'strategy'>;

/** Other programs may hold part of the range; a full pool this close below it is still the range's limit. */
export const NEAR_RANGE = 0.9;

/** The arm by a strategy; undefined where the run had none. */
export function armBy({ arms, own }: OfCapacity, strategy: Strategy): FilledArm | undefined {
  const arm = arms.find((one) => one.strategy === strategy);
  if (arm === undefined) return undefined;
  const seen = own?.arms.find((one) => one.strategy === strategy);
  const told = { shortage: null, bindCode: null, connectCode: null, optionCode: null, fewest: 0 };
  return { ...told, ...seen, ...arm };
}

const MISSING = {
  bound: 0,
  overlap: 0,
  ended: 'cancelled',
  shortage: null,
  bindCode: null,
  connectCode: null,
  optionCode: null,
  fewest: 0,
} as const;

/** The two that every claim about the option compares. */
export function bothArms(evidence: OfCapacity): { legacy: FilledArm; option: FilledArm } {
  return {
    legacy: armBy(evidence, 'legacy') ?? { strategy: 'legacy', ...MISSING },
    option: armBy(evidence, 'port-scalability') ?? { strategy: 'port-scalability', ...MISSING },
  };
}

/** What was bound is about all the range has, so the range is what ran out. */
export function nearRange({ bound }: FilledArm, { usable }: OfCapacity): boolean {
  return usable !== null && bound >= usable * NEAR_RANGE;
}

/** What ran out were port numbers, and not memory. */
export function ranOutOfPorts(arm: FilledArm, evidence: OfCapacity): boolean {
  return arm.ended === 'exhausted' && (arm.shortage === 'ports' || nearRange(arm, evidence));
}

export function inconclusive(because: string): Settled {
  return { outcome: 'inconclusive', because };
}

/** `1,024 ports on all addresses together, then WSAENOBUFS (10055), no number twice`. */
export function fullWords(legacy: FilledArm, { exhaustion }: OfCapacity): string {
  const code = describeCode(legacy.bindCode ?? exhaustion.bind);
  return `${count(legacy.bound, 'port')} on all addresses together, then ${code}, no number twice`;
}

export function notFull(legacy: FilledArm): Settled {
  return inconclusive(
    `the arm without the option was not filled (ended: ${legacy.ended}, ${count(legacy.bound, 'port')}); the sweep experiment settles this safely`,
  );
}
