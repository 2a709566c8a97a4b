import { z } from 'zod';
import { LabError } from '../model/lab-error.ts';
import { MAX_PORT } from '../model/port-range.ts';
import { FAMILIES, PROTOCOLS } from '../model/protocol.ts';

const endsInTime = {
  check: (range: { start: number; count: number }) => range.start + range.count - 1 <= MAX_PORT,
  message: `reaches beyond port ${MAX_PORT}`,
};

const portRange = z
  .strictObject({ start: z.int().min(1).max(MAX_PORT), count: z.int().min(1).max(MAX_PORT) })
  .refine(endsInTime.check, endsInTime.message);

/**
 * What a profile file and the `profile` of a scenario script hold. Everything is optional; what is
 * given is merged over `base`. A dynamic range may be as small as one port: smaller than Windows
 * takes (255), but small pools are what makes a rule easy to see.
 */
export const profileFileSchema = z.strictObject({
  base: z.string().optional(),
  addresses: z
    .array(z.union([z.string(), z.strictObject({ address: z.string(), adapter: z.string() })]))
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
          start: z.int().min(1).max(MAX_PORT),
          count: z.int().min(1).max(MAX_PORT),
          administered: z.boolean().default(false),
        })
        .refine(endsInTime.check, endsInTime.message),
    )
    .optional(),
  /** Count 0 is off. */
  autoReuseRange: z
    .strictObject({ start: z.int().min(0).max(MAX_PORT), count: z.int().min(0).max(MAX_PORT) })
    .refine(endsInTime.check, endsInTime.message)
    .optional(),
  assumptions: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export type ProfileFile = z.infer<typeof profileFileSchema>;

/**
 * Checks the shape and the numbers of a profile as read from a file.
 * @throws LabError `usage`, naming the first field that is wrong
 */
export function parseProfileFile(value: unknown): ProfileFile {
  const result = profileFileSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue === undefined ? '' : issue.path.map(String).join('.');
  const what = issue === undefined ? 'is invalid' : describe(issue);
  throw new LabError(
    'usage',
    `profile: ${field === '' ? 'the file' : field} ${what}`,
    'fields: base, addresses, dynamicRanges, excludedRanges, autoReuseRange, assumptions',
  );
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return `has an unknown field: ${issue.keys.join(', ')}`;
  }
  if (issue.code === 'invalid_union') return 'is neither of the forms it may have';
  return `is wrong: ${issue.message}`;
}
