/** What a `mark` row's value says: moments of an experiment that are no call. Recorded format. */
export const MARK = {
  /** The row's arm begins (its first call comes next). */
  armBegin: 1,
  /** The row's arm stands at its peak: everything it meant to bind is bound. */
  armPeak: 2,
  /** The row's arm has released everything. */
  armEnd: 3,
  /** The measured part of a phase inside an arm begins (sweep: holding is done, sweeping starts). */
  phase: 4,
  /** From here on option-less sockets are meant to starve; a canary that finds no port is a measurement. */
  windowOpen: 5,
  /** From here on they are not. */
  windowClose: 6,
} as const;

export type Mark = (typeof MARK)[keyof typeof MARK];
