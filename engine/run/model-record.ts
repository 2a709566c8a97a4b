import { z } from 'zod';

/** What a recorded run keeps of its comparison with a model (engine/lockstep). */

/** Far above what a lab lists (200), so that a later lab's runs can be read. */
const MOST_LISTED = 10_000;

const divergenceSchema = z.object({
  /** Number of the event row, from 0. */
  seq: z.int().min(0),
  /** ns since the run began. */
  t: z.int().min(0),
  arm: z.int().min(0),
  /** The call, and what host and model answered, in words. */
  call: z.string(),
  host: z.string(),
  model: z.string(),
  /** Stable name of the kind of difference, and what it says. */
  kind: z.string(),
  text: z.string(),
  /** Ids of the profile's switches that decide it. */
  assumptions: z.array(z.string()),
});

export const modelRecordSchema = z.object({
  /** Whose rules the model followed, with the host's own ranges and addresses. */
  profile: z.string(),
  /** Calls made on both. */
  compared: z.int().min(0),
  /** The differences in one sentence; null where there are none. */
  differs: z.string().nullable(),
  /** What to know of the comparison: ranges that were guessed, calls left out. */
  notes: z.array(z.string()),
  /** By kind, the most frequent first. */
  divergences: z.array(
    z.object({
      kind: z.string(),
      count: z.int().min(1),
      text: z.string(),
      assumptions: z.array(z.string()),
      first: divergenceSchema,
    }),
  ),
  /** The first ones, in order. */
  listed: z.array(divergenceSchema).max(MOST_LISTED),
});
export type ModelRecord = z.infer<typeof modelRecordSchema>;
