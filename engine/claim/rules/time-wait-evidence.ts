import type { Tries } from './connect-reuse-evidence.ts';

/** How a port was given up: this side closed a connection first, the other did, or none was ever made. */
export const GIVEN_UP = ['closedHere', 'closedThere', 'boundOnly'] as const;
export type GivenUp = (typeof GIVEN_UP)[number];

/** How long ports were taken after a close, for the port in the middle of the order of return. */
export interface Back {
  /** It was still taken this many seconds after the close. */
  readonly takenAt: number;
  /** It was free this many seconds after; null where it never came back while the run looked. */
  readonly freeAt: number | null;
  /** Ports looked at. */
  readonly ports: number;
}

/** A sweep of wildcard binds: which of the given-up numbers came up. */
export interface NumbersMet {
  readonly swept: number;
  /** A wildcard bind was refused, which ended the sweep. */
  readonly refused: boolean;
  readonly met: Readonly<Record<GivenUp, Tries>>;
}

/** What the experiment "time-wait" brings beside its arm. */
export interface TimeWaitEvidence {
  /** Explicit binds right after the close. */
  readonly explicit: Readonly<Record<GivenUp, Tries>>;
  /** Wildcard binds right after; null where the explicit ones had answered it all. */
  readonly wildcard: NumbersMet | null;
  /** The same connection again, right after the close, and after a reset as the control. */
  readonly again: {
    readonly closedHere: Tries;
    readonly reset: Tries;
    /** Codes of those that failed at connect. */
    readonly codes: readonly number[];
  };
  /** Until ports that this side closed first came back; null where they were free at once. */
  readonly back: {
    readonly explicit: Back | null;
    readonly wildcard: Back | null;
    readonly again: Back | null;
  };
}
