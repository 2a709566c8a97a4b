import type { MetBy } from '../encounter.ts';

/** Which process holds numbers: one of its own, or the very one that sweeps. */
export type ProcessHolder = 'another' | 'same';

/** What two processes that share a host bring. */
export interface CrossProcessEvidence {
  /** What the sweeping process met on the second address; null where not begun. Controls first and last. */
  readonly before: MetBy<ProcessHolder> | null;
  readonly withOption: MetBy<ProcessHolder> | null;
  readonly after: MetBy<ProcessHolder> | null;
  /** A process that ended unasked. */
  readonly died: boolean;
  /** What became of the ports of a process that was killed; null where none was. */
  readonly killed: KilledProcess | null;
}

export interface KilledProcess {
  readonly held: number;
  /** Of these, seen free again. */
  readonly freed: number;
  /** From the kill until the last one was seen free, ms; null where not all were. */
  readonly freedMs: number | null;
}
