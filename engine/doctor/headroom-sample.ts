import type { Family, Protocol } from '../model/protocol.ts';
import type { Basis } from '../run/run-document.ts';
import type { HeadroomRow } from './doctor-document.ts';

/** One pool at one moment. */
export interface PoolSample extends HeadroomRow {
  readonly timeWait: number;
}

/** What `portlab watch` notes at each look. */
export interface HeadroomSample {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly hostname: string;
  /** Samples of different bases are never drawn as one line. */
  readonly basis: Basis;
  /** The modelled host's profile, or null. */
  readonly profile: string | null;
  readonly pools: readonly PoolSample[];
  /** Who held most numbers in one pool, processes only; null where nobody did, or it is unknown. */
  readonly top: {
    readonly pid: number;
    readonly name: string;
    readonly ports: number;
    readonly protocol: Protocol;
    readonly family: Family;
  } | null;
}
