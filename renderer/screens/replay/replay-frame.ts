import type { TimelinePoints } from '#engine/replay/held-timeline.ts';
import type { ArmMoments, Moment, WindowMoments } from '#engine/replay/moments.ts';
import type { BindBuckets } from '#engine/replay/statistics.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import type { EventRow } from '../../events/event-row.ts';
import type { MapPicture } from '../../ports/map-rows.ts';
import type { PortMapData } from '../../ports/port-map-data.ts';

/** An instant asked for: an event, or a time of the run's clock in ns. Event -1 is before the first. */
export type Instant = { readonly seq: number } | { readonly t: number };

/** Events before and after an instant that come with it. */
export const AROUND = 6;

/** The first event that comes with an instant: its own is in the middle, but at the ends of the run. */
export function firstAround(seq: number, rows: number): number {
  return Math.max(0, Math.min(seq - AROUND, rows - 2 * AROUND - 1));
}

/** What both tracks tell of an instant. */
export interface TrackFigures {
  readonly held: number;
  /** Numbers held on two or more addresses. */
  readonly shared: number;
  /** Numbers of the run's range that nobody of the run holds; null where the range is unknown. */
  readonly free: number | null;
  readonly failed: number;
}

/** The recorded run at an instant. */
export interface ReplayFrame extends TrackFigures {
  /** The last event begun by then; -1 before the first. */
  readonly seq: number;
  /** ns */
  readonly t: number;
  readonly calls: number;
  /** As events carry it; 0 outside any. */
  readonly arm: number;
  /** It is announced that option-less sockets may find no port. */
  readonly window: boolean;
  readonly canary: { readonly tries: number; readonly failed: number };
  /** Over the second before; null where durations are no measurement. */
  readonly bindsPerSecond: number | null;
  /** ns; null where there were none, or durations are no measurement. */
  readonly bindP95: number | null;
  /** The event, and on how many addresses its number is held now. */
  readonly row: EventRow | null;
  readonly holders: number;
  /** Events around it, in order. */
  readonly around: readonly EventRow[];
  /** The port map and its picture; null where nobody looks at it. */
  readonly map: (PortMapData & { readonly pictures: readonly MapPicture[] }) | null;
}

/** What was read of the recording so far. */
export interface RecordedOverview {
  readonly rows: number;
  /** End of the last call, ns. */
  readonly end: number;
  readonly held: TimelinePoints;
  readonly arms: readonly ArmMoments[];
  readonly windows: readonly WindowMoments[];
  readonly firstError: Moment | null;
  readonly firstStarved: Moment | null;
  readonly firstCanaryFailure: Moment | null;
  /** Numbers the run met, where its range is unknown. */
  readonly span: PortRange | null;
  /** Binds over the whole run; null where durations are no measurement, and until enough was read. */
  readonly binds: BindBuckets | null;
  /** Everything there is was read. */
  readonly complete: boolean;
}

/** Where one of the run's claims can be seen. */
export interface ClaimMoment {
  readonly claim: string;
  readonly moment: (Moment & { readonly says: string }) | null;
}
