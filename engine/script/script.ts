import type { ProfileFile } from '../profile/profile-file.ts';
import type { Step } from './script-schema.ts';

/** A scenario script as read and checked: it can be run. */
export interface Script {
  readonly title: string;
  /** The host it is written for; the simulated stack poses as it. */
  readonly profile: ProfileFile | undefined;
  readonly steps: readonly Step[];
  /** The file's content as it was read, to be kept with a recorded run. */
  readonly source: unknown;
}

/** What a step answered. Names are relied on by users' scripts. */
export interface StepResult {
  /** From 0, as steps stand in the file. */
  readonly index: number;
  readonly op: Step['op'];
  readonly ok: boolean;
  /** 0, or the Windows Sockets error. */
  readonly code: number;
  readonly name: string | null;
  /** The local address and port the step was about or got; null where there is none. */
  readonly address: string | null;
  readonly port: number | null;
  readonly value: number | null;
  /** Of a fill: sockets bound. */
  readonly bound: number | null;
  /** Of a fill: their ports in order of allocation. */
  readonly ports: readonly number[];
  readonly expectation: 'met' | 'failed' | 'none';
}

export interface ScriptOutcome {
  /** Of the steps that were run. */
  readonly steps: readonly StepResult[];
  /** `done`: all steps were run. */
  readonly ended: 'done' | 'cancelled' | 'failed' | 'max-seconds' | 'stopped-for-safety';
  /** All steps were run, and no expectation failed. */
  readonly ok: boolean;
}
