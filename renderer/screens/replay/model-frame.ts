import type { Divergence, KindCount } from '#engine/lockstep/divergence.ts';
import type { TimelinePoints } from '#engine/replay/held-timeline.ts';
import type { TrackFigures } from './replay-frame.ts';

/** How the model answered one recorded event. */
export interface ModelAnswer {
  readonly seq: number;
  /** Null where it made no such call, or has not come so far. */
  readonly call: { readonly code: number; readonly port: number; readonly value: number } | null;
  /** The track covers this event. */
  readonly covered: boolean;
  /** In step with the host, the two differ here. */
  readonly difference: Divergence | null;
}

/** The model at the instant of a recorded event. */
export interface ModelFrame extends TrackFigures {
  readonly seq: number;
  /** The track goes that far. */
  readonly covered: boolean;
  readonly answers: readonly ModelAnswer[];
  /** The last difference at or before this event, and how many come before it. */
  readonly difference: Divergence | null;
  readonly before: number;
}

/** Where host and model differ, column by column, in the order of events. */
export interface DifferencePlaces {
  readonly seq: Float64Array;
  /** ns */
  readonly t: Float64Array;
  /** Index into `kinds` of the overview. */
  readonly kind: Uint16Array;
}

/** The model's track so far. */
export interface ModelOverview {
  /** Of which wish. */
  readonly id: number;
  /** Name of its rules. */
  readonly profile: string;
  /** By switch, what it is set to. */
  readonly assumptions: Readonly<Record<string, string>>;
  /** Ranges nobody recorded: the numbers the run met stand for them. */
  readonly rangesGuessed: boolean;
  /** Recorded events it covers. */
  readonly rows: number;
  /** End of what it covers, ns. */
  readonly end: number;
  readonly held: TimelinePoints;
  readonly places: DifferencePlaces;
  /** The most frequent first. */
  readonly kinds: readonly KindCount[];
  /** Why it covers no more; null while it may. */
  readonly stopped: string | null;
  /** It covers all it can. */
  readonly complete: boolean;
}
