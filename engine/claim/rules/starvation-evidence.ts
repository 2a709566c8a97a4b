import type { Arm } from '../../run/run-document.ts';

/** What is tried without the option while numbers run out: on another address, on the wildcard one, by a plain connect. */
export const ATTEMPTS = ['bind', 'wildcard-bind', 'connect'] as const;
export type Attempt = (typeof ATTEMPTS)[number];

/** How the attempts of one kind went. */
export interface AttemptTally {
  /** Given a number nobody of the run held then: free all the same, or freed by another program. */
  readonly got: number;
  /** Given a number the run held on the first address at that very time. */
  readonly shared: number;
  readonly failed: number;
  /** Code of each failure, and how often. */
  readonly codes: Readonly<Record<string, number>>;
}

export type AttemptTallies = Readonly<Record<Attempt, AttemptTally>>;

/** Attempts without the option while every number is held on the first address. */
export interface PeakAttempts {
  readonly rounds: number;
  /**
   * Of these, rounds in which a bind with the option on the second address, right before and right
   * after, got a number the first one held: so the numbers were there, for sockets that may share.
   */
  readonly clean: number;
  /** Failures and free numbers of clean rounds only; shared numbers of all. */
  readonly tallies: AttemptTallies;
  /** Binds with the option on the second address that succeeded, of two a round. */
  readonly optionGot: number;
  /** Of the shared numbers, one whose holder was asked and still answered to it. */
  readonly holderConfirmed: boolean;
}

/** What the starvation experiment brings. */
export interface StarvationEvidence {
  readonly before: AttemptTallies;
  readonly after: AttemptTallies;
  /** Numbers held on the first address through the option, and how filling ended. */
  readonly held: number;
  readonly filled: Arm['ended'];
  /** Null where the range was not filled. */
  readonly peak: PeakAttempts | null;
  /** The same attempts with the first address filled without the option: only after numbers were shared. */
  readonly control: {
    readonly held: number;
    readonly filled: Arm['ended'];
    readonly tallies: AttemptTallies;
  } | null;
  /** From the release to the first option-less bind, seconds; null where none came in time. */
  readonly recoverySeconds: number | null;
}
