import { z } from 'zod';
import { DEFAULT_DYNAMIC_RANGE } from '../model/port-range.ts';
import { commonParameters } from './parameters.ts';
import { roomLeft, type SafetyLimits } from './safety.ts';

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

/** Ports each kind of holder holds, for experiments with several kinds side by side. */
export const eachParameter = z
  .int()
  .min(4)
  .max(500)
  .default(50)
  .describe('Ports each kind of socket holds');

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
