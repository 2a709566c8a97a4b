import { z } from 'zod';
import { LAB_ERROR_KINDS } from '#engine/model/lab-error.ts';
import { FAMILIES, PROTOCOLS } from '#engine/model/protocol.ts';

/** What the lab and the guard say to each other, over IPC with structured clones. */
const pid = z.int().min(1);

const startSchema = z.strictObject({
  kind: z.literal('start'),
  protocol: z.enum(PROTOCOLS),
  family: z.enum(FAMILIES),
  /** Where the guard listens for its own connects. */
  address: z.string(),
  /** Ports to keep. */
  ballast: z.int().min(0).max(65_535),
  /** Where they are bound; the wildcard address where left out. */
  ballastAddress: z.string().optional(),
  /** The lab's own process. */
  lab: pid,
});

export type GuardStart = z.infer<typeof startSchema>;

export const toGuardSchema = z.discriminatedUnion('kind', [
  startSchema,
  /** The processes of this run that own sockets now, besides the lab's; in place of those told before. */
  z.strictObject({ kind: z.literal('watch'), pids: z.array(pid) }),
  z.strictObject({ kind: z.literal('beat') }),
  z.strictObject({ kind: z.literal('window'), id: z.int(), open: z.boolean() }),
  z.strictObject({ kind: z.literal('dropBallast') }),
  /** Everything is released: go. */
  z.strictObject({ kind: z.literal('end') }),
]);

export type ToGuard = z.infer<typeof toGuardSchema>;

const attempt = {
  /** When it began, ns of the system's monotonic clock, which all processes share. */
  at: z.bigint(),
  durationNs: z.int().min(0),
  /** 0, or the code of what failed. */
  bind: z.int(),
  connect: z.int(),
};

export const fromGuardSchema = z.discriminatedUnion('kind', [
  /** The ballast is held, and a first look at the host found ports. */
  z.strictObject({ kind: z.literal('ready'), ballast: z.int(), port: z.int() }),
  z.strictObject({
    kind: z.literal('failed'),
    error: z.strictObject({
      kind: z.enum(LAB_ERROR_KINDS),
      message: z.string(),
      hint: z.string(),
    }),
  }),
  z.strictObject({ kind: z.literal('canary'), ...attempt, meant: z.boolean() }),
  /**
   * From now on attempts are judged by that window. Before one opens the canary has looked once more:
   * where the host is short of ports already, `starved` comes first.
   */
  z.strictObject({ kind: z.literal('windowSet'), id: z.int() }),
  /** The canary failed outside every window. The ballast is dropped; the lab has 2 s to end. */
  z.strictObject({ kind: z.literal('starved'), ...attempt }),
]);

export type FromGuard = z.infer<typeof fromGuardSchema>;
