import type { Arm } from '../../run/run-document.ts';

/** One application grows, step by step, while the other tries to bind now and then. */
export interface MixedSide {
  /** Ports the other application held from the start. */
  readonly hold: number;
  /** Binds the other one tried, and got, before the first step. */
  readonly gotBefore: number;
  /** Ports the growing application held when a bind of the other one failed first; null where none did. */
  readonly heldAtFailure: number | null;
  /** Most ports it held, and how its growth ended. */
  readonly grewTo: number;
  readonly ended: Arm['ended'];
  /** Binds of the other application that failed, from the first failure on, and their codes. */
  readonly failed: number;
  readonly codes: Readonly<Record<string, number>>;
  /**
   * Of these failures, those between two binds of the growing application, on the same address, that
   * got numbers it held elsewhere: numbers were there, for sockets that may share.
   */
  readonly between: number;
  /** Binds of the other application that succeeded again after the growing one had released all. */
  readonly gotAfter: number;
}

/** What the mixed-load experiment brings; null for a side that was not reached. */
export interface MixedLoadEvidence {
  /** The application with the option grows, the one without it tries. */
  readonly optionGrows: MixedSide | null;
  /** The other way round. */
  readonly legacyGrows: MixedSide | null;
  /** A process of the lab's ended unasked. */
  readonly died: boolean;
}
