import { z } from 'zod';
import { hostFactsSchema } from '../model/host-facts.ts';
import { FAMILIES, PROTOCOLS } from '../model/protocol.ts';
import { STRATEGIES } from '../model/strategy.ts';
import { modelRecordSchema } from './model-record.ts';
import { scriptRecordSchema, stepRecordsSchema } from './script-record.ts';

/** A run as `run`, `runs show` and reports give it. Names and shapes are relied on by scripts. */

export const RUN_STATUSES = [
  'running',
  'complete',
  'cancelled',
  'interrupted',
  'failed',
  'stopped-for-safety',
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** `measured` only on Windows; `wine` and `modelled` are never evidence about it. */
export const BASES = ['measured', 'wine', 'modelled'] as const;
export type Basis = (typeof BASES)[number];

export const ADDRESS_CLASSES = ['loopback', 'same-nic', 'different-nics', 'mixed'] as const;
export type AddressClass = (typeof ADDRESS_CLASSES)[number];

export const CLAIM_OUTCOMES = ['confirmed', 'refuted', 'inconclusive', 'untested'] as const;
export type ClaimOutcome = (typeof CLAIM_OUTCOMES)[number];

const port = z.int().min(0).max(65_535);

export const armSchema = z.object({
  strategy: z.enum(STRATEGIES),
  /** What the arm does, where its strategy alone doesn't say. */
  label: z.string().optional(),
  /** Successful binds of the arm. */
  bound: z.int().min(0),
  perAddress: z.record(z.string(), z.int().min(0)),
  firstError: z.object({ call: z.string(), code: z.int(), name: z.string().nullable() }).nullable(),
  /** Port numbers held on two or more specific addresses at once. */
  overlap: z.int().min(0),
  /** Held ports as ranges, an entry an address: only with `--set ports=1`. */
  ports: z.array(z.tuple([z.string(), z.array(z.tuple([port, port]))])).optional(),
  /** What ended the arm. */
  ended: z.enum([
    'exhausted',
    'reserve',
    'max-sockets',
    'max-seconds',
    'done',
    'error',
    'cancelled',
  ]),
  /** The arm's place in the run, as its event rows carry it (1 and up). */
  index: z.int().min(1),
});
export type Arm = z.infer<typeof armSchema>;

export const claimResultSchema = z.object({
  id: z.string(),
  outcome: z.enum(CLAIM_OUTCOMES),
  basis: z.enum(BASES),
  addressClass: z.enum(ADDRESS_CLASSES),
  because: z.string(),
});
export type ClaimResult = z.infer<typeof claimResultSchema>;

/** What a run says of one of the model's switches (engine/profile): an open question, answered. */
export const answerSchema = z.object({
  /** The switch: A1 to A30, PS-1 to PS-9, or a named extra. */
  id: z.string(),
  /** One of the switch's values. */
  value: z.string(),
  basis: z.enum(BASES),
  addressClass: z.enum(ADDRESS_CLASSES),
  protocol: z.enum(PROTOCOLS),
  family: z.enum(FAMILIES),
  because: z.string(),
});
export type Answer = z.infer<typeof answerSchema>;

export const findingSchema = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  text: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

export const runHeadSchema = z.object({
  id: z.string(),
  experiment: z.string(),
  title: z.string().nullable(),
  tags: z.array(z.string()),
  stack: z.enum(['winsock', 'simulated']),
  /** Which FFI library called ws2_32; null when simulated. */
  ffi: z.enum(['koffi', 'ffi-napi']).nullable(),
  /** The machine that ran it. */
  host: hostFactsSchema,
  profile: z.object({ name: z.string(), resolved: z.record(z.string(), z.unknown()) }).nullable(),
  seed: z.int().min(0),
  startedAt: z.iso.datetime(),
  durationNs: z.int().min(0),
  status: z.enum(RUN_STATUSES),
  /** Binds and other calls, not rows. */
  eventCount: z.int().min(0),
  /** Version of the recorded format. */
  version: z.int().min(1),
  /** Version of the lab that recorded it. */
  labVersion: z.string(),
  /** The addresses the experiment used, in order. */
  addresses: z.array(z.string()),
});
export type RunHead = z.infer<typeof runHeadSchema>;

/** One experiment of a run that has several. */
export const partSchema = z.object({
  /** The experiment. */
  id: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** `refused` where it could not run as it stands; `verdict` says why. */
  status: z.enum([...RUN_STATUSES, 'refused']),
  verdict: z.string(),
  arms: z.array(armSchema),
  measures: z.record(z.string(), z.number()),
  claims: z.array(claimResultSchema),
});
export type Part = z.infer<typeof partSchema>;

export const runDocumentSchema = z.object({
  run: runHeadSchema,
  parameters: z.record(z.string(), z.unknown()),
  measures: z.record(z.string(), z.number()),
  arms: z.array(armSchema),
  claims: z.array(claimResultSchema),
  findings: z.array(findingSchema),
  /** The answer in one sentence. */
  verdict: z.string(),
  /** What the run promised before it began, and how it ended. */
  safety: z.object({
    exhaustive: z.boolean(),
    /** Port numbers kept free on all addresses, or null where the range is unknown. */
    reserve: z.int().min(0).nullable(),
    maxSockets: z.int().min(1),
    maxSeconds: z.number().min(0),
    /** Most ports held at once. */
    peakHeld: z.int().min(0),
    /** Sockets still open after the run's release: 0 is the promise. */
    openAfter: z.int().min(0),
  }),
  /** The command that repeats the run. */
  command: z.string(),
  /** Open questions of the model this run answers; absent in runs of labs that asked none. */
  answers: z.array(answerSchema).optional(),
  /** The experiments of a run that has several, in order. */
  experiments: z.array(partSchema).optional(),
  /** Of a scenario script's run: how it came out, and its steps without the ports of fills (events have them). */
  script: scriptRecordSchema.optional(),
  steps: stepRecordsSchema.optional(),
  /** Of a real run: how a model with the host's own ranges answered the same calls. */
  model: modelRecordSchema.optional(),
});
export type RunDocument = z.infer<typeof runDocumentSchema>;
