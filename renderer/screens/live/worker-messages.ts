import type { PortRange } from '#engine/model/port-range.ts';
import type { LiveModelOptions } from './live-model.ts';
import type { LiveSnapshot } from './live-snapshot.ts';
import type { PortMapData } from './port-map-data.ts';

/** To the worker that folds a run's events. */
export type ToWorker =
  /** The first one. @param range what the port map shows; null where there is none */
  | ({ readonly kind: 'begin'; readonly range: PortRange | null } & LiveModelOptions)
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
  | { readonly kind: 'map'; readonly map: PortMapData }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string };
