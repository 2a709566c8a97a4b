import { z } from 'zod';
import { LabError } from '../model/lab-error.ts';
import { MAX_PORT } from '../model/port-range.ts';
import { FAMILIES, PROTOCOLS } from '../model/protocol.ts';
import { faultOf } from './file-fault.ts';

/** Event rows number addresses in 16 bits, and a run takes no more either. */
const MOST_ADDRESSES = 4_096;
/** A crowded host has some twenty; the rest is room. */
const MOST_RANGES = 1_000;
const MOST_CHURN = 100;
/** Ports of all holders together: each is bound before a run begins. */
const MOST_HELD = 1_000_000;

const endsInTime = {
  check: (range: { start: number; count: number }) => range.start + range.count - 1 <= MAX_PORT,
  message: `reaches beyond port ${MAX_PORT}`,
};

const port = z.int().min(1).max(MAX_PORT);
/** Checked for its form when the profile is resolved. */
const addressText = z.string().max(64);
const noteText = z.string().max(4_000);

const portRange = z
  .strictObject({ start: port, count: port })
  .refine(endsInTime.check, endsInTime.message);

/** How another application came to its port: bind to port 0 without or with the option, or by naming it. */
const kind = z.enum(['legacy', 'option', 'explicit']);

const holder = z
  .strictObject({
    protocol: z.enum(PROTOCOLS),
    /** The wildcard address is one of these too. */
    address: addressText,
    start: port,
    count: port.default(1),
    kind: kind.default('explicit'),
    mode: z.enum(['default', 'reuse', 'exclusive']).default('default'),
  })
  .refine(endsInTime.check, endsInTime.message);

const churn = z.strictObject({
  protocol: z.enum(PROTOCOLS),
  /** Where they bind; the wildcard address is usual. */
  address: addressText,
  /** Sockets a second, on average. */
  perSecond: z.number().positive().max(1_000_000),
  /** How long each holds its port, on average. */
  holdSeconds: z.number().positive().max(86_400),
  kind: kind.exclude(['explicit']).default('legacy'),
});

/** A row of explicit-bind answers: S let in, U 10048, A 10013, in the order of the lab's tables. */
const matrixRow = z.string().regex(/^[SUA]( [SUA]){5}$/, 'is no row such as "U S A S U S"');

const bindMatrix = z.strictObject({
  /** Default, reuse and exclusive holders, each on the wildcard address and on a specific one. */
  rows: z.tuple([matrixRow, matrixRow, matrixRow, matrixRow, matrixRow, matrixRow]),
  /** It holds between any two addresses, different specific ones too. */
  onAnyAddress: z.boolean().default(false),
});

/** What a profile was learned from: for people, and nothing is made of it. */
const learned = z.strictObject({
  /** `measured` on Windows, `wine`, or `modelled`. */
  basis: noteText,
  /** The machine, or the profile a model posed as. */
  host: noteText,
  build: noteText,
  runs: z.array(noteText).max(MOST_RANGES),
  answers: z
    .array(
      z.strictObject({
        id: noteText,
        value: noteText,
        runs: z.array(noteText).max(MOST_RANGES),
        because: noteText,
      }),
    )
    .max(MOST_RANGES),
});

/**
 * What a profile file and the `profile` of a scenario script hold. Everything is optional; what is
 * given is merged over `base`. A dynamic range may be as small as one port: smaller than Windows
 * takes (255), but small pools are what makes a rule easy to see.
 */
export const profileFileSchema = z.strictObject({
  base: z.string().optional(),
  addresses: z
    .array(
      z.union([
        addressText,
        z.strictObject({ address: addressText, adapter: z.string().min(1).max(256) }),
      ]),
    )
    .max(MOST_ADDRESSES)
    .optional(),
  dynamicRanges: z
    .strictObject({ tcp4: portRange, tcp6: portRange, udp4: portRange, udp6: portRange })
    .partial()
    .optional(),
  excludedRanges: z
    .array(
      z
        .strictObject({
          protocol: z.enum(PROTOCOLS),
          /** Left out: both families. */
          family: z.enum(FAMILIES).optional(),
          start: port,
          count: port,
          administered: z.boolean().default(false),
        })
        .refine(endsInTime.check, endsInTime.message),
    )
    .max(MOST_RANGES)
    .optional(),
  /** Count 0 is off, whatever its start. */
  autoReuseRange: z
    .strictObject({ start: z.int().min(0).max(MAX_PORT), count: z.int().min(0).max(MAX_PORT) })
    .refine(endsInTime.check, endsInTime.message)
    .refine(({ start, count }) => count === 0 || start > 0, 'begins at port 0, which is no port')
    .optional(),
  /** Ids are checked against the switches when the profile is resolved. */
  assumptions: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Explicit-bind conflicts as measured, a protocol; stands over the switch `bindMatrix`. */
  bindMatrix: z.strictObject({ tcp: bindMatrix, udp: bindMatrix }).partial().optional(),
  /** Ports other applications hold from the start, for good. */
  holders: z
    .array(holder)
    .max(MOST_RANGES)
    .refine(
      (list) => list.reduce((sum, { count }) => sum + count, 0) <= MOST_HELD,
      `hold more than ${MOST_HELD} ports together`,
    )
    .optional(),
  /** Other applications that come and go while the clock runs. */
  churn: z.array(churn).max(MOST_CHURN).optional(),
  /** Where a learned profile comes from; nothing depends on it. */
  learned: learned.optional(),
});

export type ProfileFile = z.infer<typeof profileFileSchema>;

/**
 * Checks the shape and the numbers of a profile as read from a file.
 * @throws LabError `usage`, naming the first field that is wrong
 */
export function parseProfileFile(value: unknown): ProfileFile {
  const result = profileFileSchema.safeParse(value, { reportInput: true });
  if (!result.success) {
    const { field, fault } = faultOf(result.error.issues[0]);
    throw new LabError(
      'usage',
      `profile: ${field === '' ? 'the file' : field} ${fault}`,
      `fields: ${Object.keys(profileFileSchema.shape).join(', ')}`,
    );
  }
  // The schema leaves this key out of records without a word.
  if (Object.hasOwn((value as ProfileFile).assumptions ?? {}, '__proto__')) {
    throw new LabError('usage', 'profile: assumptions.__proto__ is no assumption', 'take it out');
  }
  return result.data;
}
