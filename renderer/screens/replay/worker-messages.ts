import type { ModelWish } from '#engine/lockstep/profile-beside.ts';
import type { ModelFrame, ModelOverview } from './model-frame.ts';
import type { ModelLaneOptions } from './model-lane.ts';
import type { ClaimMoment, Instant, RecordedOverview, ReplayFrame } from './replay-frame.ts';
import type { RunFacts } from './run-facts.ts';

/** One part of the events stream. */
export interface PartMessage {
  readonly kind: 'part';
  readonly addresses: readonly string[];
  readonly body: Uint8Array;
}

/**
 * To the worker that holds the recording. Each question is asked again only when it was answered; an
 * instant is answered when there is something to see.
 */
export type ToRecorded =
  | PartMessage
  | { readonly kind: 'facts'; readonly facts: RunFacts; readonly claims: readonly string[] }
  /** There are no more parts. */
  | { readonly kind: 'end' }
  | { readonly kind: 'frame'; readonly at: Instant; readonly withMap: boolean }
  | { readonly kind: 'error'; readonly from: number; readonly step: 1 | -1 };

export type FromRecorded =
  /** One part is folded; the next may be sent. */
  | { readonly kind: 'folded' }
  | { readonly kind: 'overview'; readonly overview: RecordedOverview }
  /** @param overview what was read since the last one, where that is more */
  | {
      readonly kind: 'frame';
      readonly frame: ReplayFrame;
      readonly overview: RecordedOverview | null;
    }
  /** @param seq -1: there is none in that direction */
  | { readonly kind: 'error'; readonly seq: number }
  | { readonly kind: 'evidence'; readonly evidence: readonly ClaimMoment[] }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string };

/** To the worker that holds the model's track. */
export type ToModel =
  | Omit<PartMessage, 'addresses'>
  | { readonly kind: 'end' }
  /** Makes the track, anew with every wish. */
  | ({ readonly kind: 'wish'; readonly id: number; readonly wish: ModelWish } & Pick<
      ModelLaneOptions,
      'run' | 'facts' | 'texts'
    >)
  /** @param from and to: of recorded events whose answers are wanted */
  | { readonly kind: 'frame'; readonly seq: number; readonly from: number; readonly to: number };

export type FromModel =
  | { readonly kind: 'overview'; readonly overview: ModelOverview }
  /** Null until there is a track. */
  | { readonly kind: 'frame'; readonly frame: ModelFrame | null }
  /** The wish can't be met. @param id of the wish */
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly message: string;
      readonly hint: string;
    };
