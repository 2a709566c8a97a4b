import { z } from 'zod';
import { commonParameters } from '../parameters.ts';

export const churnParameters = commonParameters.extend({
  perSecond: z
    .int()
    .min(1)
    .max(100_000)
    .default(1_000)
    .describe('Connections a second at most; real sockets may give fewer'),
  seconds: z
    .number()
    .min(1)
    .max(600)
    .default(60)
    .describe('Longest an arm goes on while none fails'),
  settle: z
    .number()
    .min(0)
    .max(600)
    .default(280)
    .describe('Seconds between the arms at most, for TIME_WAIT to end'),
});

export type ChurnParameters = z.infer<typeof churnParameters>;
