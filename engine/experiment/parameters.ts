import { z } from 'zod';

/** Parameters every experiment takes (`--set k=v`). */
export const commonParameters = z.strictObject({
  protocol: z.enum(['tcp', 'udp']).default('tcp').describe('Whose port pool'),
  family: z.enum(['ipv4', 'ipv6']).default('ipv4').describe('IP version'),
  ports: z
    .union([z.literal(0), z.literal(1)])
    .default(0)
    .describe('1 lists the ports each arm held'),
  rate: z
    .int()
    .min(0)
    .max(10_000_000)
    .default(0)
    .describe('Paces a simulated run, events per second; 0 is as fast as it goes'),
});

export type CommonParameters = z.infer<typeof commonParameters>;
