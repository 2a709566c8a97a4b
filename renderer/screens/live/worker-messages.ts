import type { PortRange } from '#engine/model/port-range.ts';
import type { LiveSnapshot } from './live-snapshot.ts';
import type { PortMapData } from '../../ports/port-map-data.ts';

/** To the worker that folds a run's events. */
export type ToWorker =
  /** The first one. @param addresses null: those the first part names are the run's */
  | {
      readonly kind: 'begin';
      readonly addresses: readonly string[] | null;
      readonly timed: boolean;
    }
  /** What the port map shows, once it is known. */
  | { readonly kind: 'range'; readonly range: PortRange }
  /** One part of the events stream. */
  | { readonly kind: 'part'; readonly addresses: readonly string[]; readonly body: Uint8Array }
  /** There are no more parts. */
  | { readonly kind: 'end' };

/** From it. */
export type FromWorker =
  /** One part is folded; the next may be sent. */
  | { readonly kind: 'folded' }
  /** @param final everything there is is in it */
  | { readonly kind: 'snapshot'; readonly snapshot: LiveSnapshot; readonly final: boolean }
  /** There was no part, and there will be none. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'map'; readonly map: PortMapData }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string };
