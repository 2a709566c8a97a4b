import { z } from 'zod';

const portRange = z.object({
  start: z.int().min(0).max(65_535),
  count: z.int().min(0).max(65_535),
});

const hostAddress = z.object({
  address: z.string(),
  prefix: z.int().min(0).max(128),
  family: z.enum(['ipv4', 'ipv6']),
  /** Adapter name as the admin knows it ("Ethernet 2"). */
  interface: z.string(),
  ifIndex: z.int(),
  loopback: z.boolean(),
  state: z.enum(['preferred', 'tentative', 'deprecated', 'duplicate', 'unknown']),
  class: z.enum(['loopback', 'nic']),
  /** Why the lab doesn't choose this address by itself; absent where it may. It can still be named. */
  notDefaultBecause: z.string().optional(),
});

const optionFacts = z.object({
  /** Microsoft's pages say this edition supports it. */
  documented: z.boolean(),
  /** setsockopt accepted it on a fresh socket; null where no ws2_32 answered. */
  settable: z.boolean().nullable(),
  /** getsockopt gave the value back. */
  readable: z.boolean().nullable(),
  /** A recorded run on this host and build showed that it changes allocation. */
  honoured: z.enum(['yes', 'no', 'unknown']),
  /** Run that says so. */
  evidence: z.string().nullable(),
});

/** What the lab knows of a machine. Facts it could not have are null: unknown is an answer. */
export const hostFactsSchema = z.object({
  /** `process.platform`: win32 (Wine too), linux, darwin. */
  platform: z.string(),
  hostname: z.string(),
  os: z.object({
    name: z.string(),
    build: z.string(),
    productType: z.enum(['workstation', 'server', 'domain-controller']).nullable(),
  }),
  /** Wine's version where ws2_32.dll is Wine's, else null. */
  wine: z.string().nullable(),
  addresses: z.array(hostAddress),
  dynamicRanges: z.object({
    tcp4: portRange.nullable(),
    tcp6: portRange.nullable(),
    udp4: portRange.nullable(),
    udp6: portRange.nullable(),
  }),
  excludedRanges: z
    .array(
      portRange.extend({
        protocol: z.enum(['tcp', 'udp']),
        family: z.enum(['ipv4', 'ipv6']),
        administered: z.boolean(),
      }),
    )
    .nullable(),
  autoReuseRange: portRange.nullable(),
  /**
   * Protected roles it has (ids of engine/experiment/roles.ts), so that its ports must not be exhausted.
   * Null where they could not be read; recordings of older labs say nothing of them.
   */
  roles: z.array(z.string()).nullable().optional(),
  options: z.object({ SO_PORT_SCALABILITY: optionFacts, SO_REUSE_UNICASTPORT: optionFacts }),
  stack: z.enum(['winsock', 'simulated']),
  why: z.string(),
});

export type HostFacts = z.infer<typeof hostFactsSchema>;
export type HostAddress = z.infer<typeof hostAddress>;
export type OptionFacts = z.infer<typeof optionFacts>;
