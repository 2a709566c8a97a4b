import type { Op } from './op.ts';

/**
 * Where a stack reports each call it made, in order. One method with plain numbers, so that the
 * measuring path allocates nothing. See op.ts for what each column means.
 */
export interface EventSink {
  /**
   * @param op what was called
   * @param t start of the call, integer ns since the run began (the stack's own clock)
   * @param dur how long it took, integer ns; values over 4,294,967,295 are recorded as that
   * @param socket the lab's socket number, 1 and up; 0 where there is none
   * @param address index in the run's address table, 1 and up; 0 where there is none
   * @param port 0 to 65,535
   * @param code 0, or the Winsock error of a failed call
   * @param value 0 to 4,294,967,295
   */
  emit(
    op: Op,
    t: number,
    dur: number,
    socket: number,
    address: number,
    port: number,
    code: number,
    value: number,
  ): void;
}

/** Drops everything: for measuring a stack without its recording. */
export const NULL_SINK: EventSink = { emit() {} };
