import type { Shortage } from '../port-or-memory.ts';
import type { Arm } from '../../run/run-document.ts';

/** Why a load holds no more. */
export interface LoadEnd {
  /** `done`: it holds as much as was asked. */
  readonly ended: Arm['ended'];
  readonly error: Arm['firstError'];
  readonly shortage: Shortage | null;
}

export const DONE: LoadEnd = { ended: 'done', error: null, shortage: null };
export const CANCELLED: LoadEnd = { ended: 'cancelled', error: null, shortage: null };

/** A plan's ports, taken by one strategy: ports that connections would hold, TIME_WAIT included. */
export interface PlanLoad {
  /** Ports, or connections, it holds. */
  readonly held: number;
  /**
   * Goes on until it holds so many, none is left, or a limit or a stop ends it.
   * @param progress told after each slice
   */
  take(upTo: number, progress: () => void): Promise<LoadEnd>;
  /** Gives everything back, whatever was asked to stop. */
  release(): Promise<void>;
}
