import { z } from 'zod';
import { capacityFor, heldAtPeak } from '../../model/load.ts';
import { MAX_PORT, type PortRange } from '../../model/port-range.ts';
import { STRATEGIES } from '../../model/strategy.ts';
import { commonParameters } from '../parameters.ts';

export const verifyPlanParameters = commonParameters.extend({
  strategy: z
    .enum([...STRATEGIES, 'wider-range'])
    .default('port-scalability')
    .describe('How ports are come by; wider-range is legacy on the range the host has'),
  connections: z.int().min(1).max(10_000_000).default(1_000).describe('Connections open at once'),
  remotes: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe('Remote endpoints they go to, evenly; matters to reuse-unicast'),
  perSecond: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(0)
    .describe('New connections a second: so many ports are in TIME_WAIT besides'),
  timeWait: z.number().min(0).max(3_600).default(120).describe('Seconds a port stays there'),
  headroom: z
    .number()
    .min(0)
    .max(99)
    .default(0)
    .describe('Share of the capacity kept free, percent'),
  poolStart: z
    .int()
    .min(0)
    .max(MAX_PORT)
    .default(0)
    .describe('port-pool: first number of the application’s own block'),
  poolPorts: z.int().min(0).max(MAX_PORT).default(0).describe('port-pool: how many it has'),
});

export type VerifyPlanParameters = z.infer<typeof verifyPlanParameters>;

/** What the plan holds at its peak, and with its headroom. */
export function planned(parameters: VerifyPlanParameters): { need: number; capacity: number } {
  const need = heldAtPeak(parameters, parameters.timeWait);
  return { need, capacity: capacityFor(need, parameters.headroom) };
}

/** The block of an own pool; null where none was named, or none that there can be. */
export function blockOf({ poolStart, poolPorts }: VerifyPlanParameters): PortRange | null {
  const fits = poolStart > 0 && poolPorts > 0 && poolStart + poolPorts - 1 <= MAX_PORT;
  return fits ? { start: poolStart, count: poolPorts } : null;
}
