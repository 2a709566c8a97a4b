import type { BindMode } from '../../model/bind-mode.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { SharingSeen } from './sharing-seen.ts';

/** Where a held number is named: on the address that holds it, on another, on the wildcard address. */
export const NAMED_ON = ['same', 'other', 'wildcard'] as const;
export type NamedOn = (typeof NAMED_ON)[number];

/** What naming one held number answered: 0 or a Winsock error. */
export interface NamedNumber {
  readonly codes: Readonly<Record<NamedOn, Readonly<Record<BindMode, number>>>>;
  /** The holder still had it after the attempts. */
  readonly still: boolean;
  /**
   * Of an exclusive bind on the wildcard address right after the holder let go: 0 says that nobody
   * else had the number on any address, so that it was the holder the attempts met.
   */
  readonly free: number;
}

export interface ExclusivityArm {
  readonly strategy: Strategy;
  readonly numbers: readonly NamedNumber[];
  /** Whether the held numbers came up on the other address for sockets like the holders. */
  readonly sharing: SharingSeen;
  /** Of listening with the first number on the other address; null where that could not be bound, or for UDP. */
  readonly listen: number | null;
}

export interface ExclusivityEvidence {
  readonly arms: readonly ExclusivityArm[];
}
