import { z } from 'zod';
import { DEFAULT_DYNAMIC_RANGE } from '../../model/port-range.ts';
import { count } from '../../model/words.ts';
import type { Plan, Situation } from '../experiment.ts';
import { commonParameters } from '../parameters.ts';
import { roomLeft, type SafetyLimits } from '../safety.ts';

/** What every experiment that sweeps asks for. */
export const sweepingParameters = commonParameters.extend({
  laps: z
    .int()
    .min(1)
    .max(20)
    .default(3)
    .describe('Binds on the second address at most, in ranges: 3 is three times the range'),
  coverage: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.9)
    .describe('Share of the range the sweep must meet before "no repeat" says anything'),
  pace: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe('Sweeping binds per second at most, on real sockets'),
});

export type SweepingParameters = z.infer<typeof sweepingParameters>;

/** Fewer prove nothing. */
const LEAST_EACH = 4;

/** What experiments ask for in which several kinds of sockets hold numbers side by side. */
export const sideBySideParameters = sweepingParameters.extend({
  each: z
    .int()
    .min(LEAST_EACH)
    .max(500)
    .default(50)
    .describe('Ports each kind of socket holds on the first address'),
});

export type SideBySideParameters = z.infer<typeof sideBySideParameters>;

/** Binds of one sweep at most. */
export function maxSweeps({ laps }: SweepingParameters, usable: number | null): number {
  return laps * (usable ?? DEFAULT_DYNAMIC_RANGE.count);
}

/**
 * Ports to hold: what is asked, less where the reserve or the socket limit leaves less. A sweep never
 * needs to go below the reserve, so it doesn't, whatever was allowed; one port is left for sweeping.
 */
export function holdCount(wanted: number, limits: SafetyLimits): number {
  const room = roomLeft({ ...limits, exhaustive: false }, 0, 0, 0);
  return 'limit' in room ? 0 : Math.max(0, Math.min(wanted, room.sockets - 1));
}

/** Ports each of several kinds holds: what is asked, less where there is room for less. */
export function eachCount(wanted: number, kinds: number, limits: SafetyLimits): number {
  return Math.floor(holdCount(wanted * kinds, limits) / kinds);
}

/**
 * What an experiment would take whose arms hold numbers of several kinds side by side.
 * @param kinds most kinds that hold at once
 * @param sweeps of all arms, those after a release too
 */
export function planSideBySide(
  { parameters, usable, limits }: Situation<SideBySideParameters>,
  kinds: number,
  sweeps: number,
): Plan {
  const each = eachCount(parameters.each, kinds, limits);
  const atOnce = kinds * each + 1;
  const binds = sweeps * (kinds * each + maxSweeps(parameters, usable));
  return {
    wouldHold: binds,
    atOnce,
    unionLost: atOnce,
    legacyLeft: limits.freeOnAll === null ? null : limits.freeOnAll - atOnce,
    seconds: Math.ceil(binds / parameters.pace),
    refusal:
      each < LEAST_EACH
        ? `the limits leave room for ${count(kinds * each, 'port')}, and it needs ${LEAST_EACH} of each of ${kinds} kinds`
        : null,
  };
}
