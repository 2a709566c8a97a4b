import { z } from 'zod';
import { TIME_WINDOW_FORM } from '../experiment/time-window.ts';

/** Longest list of addresses a request may name. */
const MOST_ADDRESSES = 10_000;

const label = z.string().trim().min(1).max(200);

/** What a profile file says, and what to call it. */
const profileContent = z.strictObject({
  file: z.string().min(1).max(200),
  /** Checked as a file's content is when the run is prepared. */
  content: z.record(z.string(), z.unknown()),
});

/** A run somebody asks for over the wire: checked for form here, against the host by the service. */
export const runWishSchema = z.strictObject({
  experiment: z.string().min(1).max(100),
  stack: z.enum(['auto', 'winsock', 'simulated']).default('auto'),
  /** Local addresses; left out, the lab chooses. */
  addresses: z.array(z.string().min(1).max(100)).min(1).max(MOST_ADDRESSES).optional(),
  /** A shipped profile's name, or a profile of one's own; for the simulated stack. */
  profile: z.union([z.string().min(1).max(100), profileContent]).optional(),
  /** The experiment's own parameters, as `--set` takes them. */
  parameters: z.record(z.string().min(1).max(100), z.string().max(1_000)).default({}),
  /** Port numbers that stay free on all addresses. */
  reserve: z
    .union([
      z.strictObject({ kind: z.literal('number'), ports: z.int().min(0).max(65_535) }),
      z.strictObject({ kind: z.literal('percent'), percent: z.number().min(0).max(100) }),
    ])
    .optional(),
  maxSockets: z.int().min(1).max(100_000_000).optional(),
  maxSeconds: z.number().min(0.001).max(86_400).optional(),
  /** May go below the reserve. */
  exhaustive: z.boolean().default(false),
  /** The host's name, typed by somebody who means it. */
  confirm: z.string().max(300).optional(),
  /** The part of the day it may go on in, local time of the service's host: `22:00-05:30`. */
  onlyBetween: z.string().regex(TIME_WINDOW_FORM).optional(),
  holdSeconds: z.number().min(0).max(3_600).default(0),
  seed: z.int().min(0).max(4_294_967_295).optional(),
  ffi: z.enum(['koffi', 'ffi-napi']).default('koffi'),
  title: label.optional(),
  tags: z.array(label).max(20).default([]),
});

/** As sent. */
export type RunWishInput = z.input<typeof runWishSchema>;
/** As the service gets it, defaults filled in. */
export type RunWish = z.output<typeof runWishSchema>;
