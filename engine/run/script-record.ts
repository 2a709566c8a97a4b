import { z } from 'zod';

/** What a recorded run keeps of a scenario script's answers, beside the script itself in `parameters`. */

/** Far above what a script may hold (10,000), so that a later lab's runs can be read. */
const MOST_STEPS = 100_000;

export const scriptRecordSchema = z.object({
  title: z.string(),
  stack: z.enum(['winsock', 'simulated']),
  /** Every step was run, and no expectation failed. */
  ok: z.boolean(),
});

export const stepRecordSchema = z.object({
  /** From 0, as steps stand in the script. */
  index: z.int().min(0),
  op: z.string(),
  ok: z.boolean(),
  /** 0, or the Windows Sockets error. */
  code: z.int().min(0),
  name: z.string().nullable(),
  address: z.string().nullable(),
  port: z.int().min(0).max(65_535).nullable(),
  value: z.number().nullable(),
  bound: z.int().min(0).nullable(),
  expectation: z.enum(['met', 'failed', 'none']),
  /** The step, its answer and what of its expectation was missed, in words. */
  call: z.string(),
  answer: z.string(),
  missed: z.string().nullable(),
});
export type StepRecord = z.infer<typeof stepRecordSchema>;

export const stepRecordsSchema = z.array(stepRecordSchema).max(MOST_STEPS);
