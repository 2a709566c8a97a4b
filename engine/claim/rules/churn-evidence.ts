import type { Arm } from '../../run/run-document.ts';

/** How long one kind of short-lived connections went on. */
export interface ChurnArm {
  readonly strategy: Arm['strategy'];
  /** Opened, closed first by this side, and so in TIME_WAIT. */
  readonly connections: number;
  /** From the first to the failure, or to the end of the arm. */
  readonly seconds: number;
  readonly ended: Arm['ended'];
  /** The call that failed first, and its code; null where none did. */
  readonly failed: Arm['firstError'];
}

/** What the churn experiment brings. */
export interface ChurnEvidence {
  readonly arms: readonly ChurnArm[];
  /** Connections a second that were asked for. */
  readonly asked: number;
  /** From the first close to the first port that came back after a failure; null where none was seen. */
  readonly timeWaitSeconds: number | null;
  /** Whether the second arm began with the first one's ports given back, as far as could be seen. */
  readonly settled: boolean;
}
