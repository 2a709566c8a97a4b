import type { PortRange } from '../model/port-range.ts';
import type { Pool } from '../model/protocol.ts';
import type { EvidenceMark } from './assumption-definition.ts';
import type { AssumptionId, Assumptions } from './assumptions.ts';

/** A switch as one host has it, and how that is known. */
export interface Stance<Id extends AssumptionId = AssumptionId> {
  readonly value: Assumptions[Id];
  /** One sentence for an admin. */
  readonly why: string;
  readonly mark: EvidenceMark;
  readonly source: string;
}

/**
 * A profile that ships with the lab: what sets it apart from the one it stands on, nothing else.
 * None has addresses, exclusions, other applications' ports or an auto-reuse range: those are one
 * host's, not an edition's (the documented auto-reuse range is start 0, count 0).
 */
export interface ShippedProfile {
  readonly name: string;
  /** What it poses as, and what is only modelled: one sentence. */
  readonly about: string;
  /** The shipped profile it starts from; `documented` where left out. */
  readonly on?: string;
  /** What differs. A value that is the same is there for its reason: this host has its own. */
  readonly switches: { readonly [Id in AssumptionId]?: Stance<Id> };
  readonly dynamicRanges?: Readonly<Record<Pool, PortRange>>;
}
