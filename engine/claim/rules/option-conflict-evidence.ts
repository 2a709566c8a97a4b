import type { SocketOption } from '../../model/socket-option.ts';
import type { SharingSeen } from './sharing-seen.ts';

/** The options that are tried, alone and in pairs. */
export const TRIED_OPTIONS = [
  'SO_PORT_SCALABILITY',
  'SO_REUSE_UNICASTPORT',
  'SO_RANDOMIZE_PORT',
  'SO_REUSEADDR',
  'SO_EXCLUSIVEADDRUSE',
] as const satisfies readonly SocketOption[];
export type TriedOption = (typeof TRIED_OPTIONS)[number];

/** What a fresh socket answered about one option. Codes: 0 or a Winsock error. */
export interface OptionAlone {
  readonly option: TriedOption;
  /** Read before it was set: the value, or the negated error. */
  readonly fresh: number;
  readonly set: number;
  /** Read after it was set to 1: the value, or the negated error. */
  readonly read: number;
  /** Of the bind to port 0 that followed. */
  readonly bind: number;
}

/** The same of two options, one after the other on one socket. */
export interface OptionPair {
  readonly first: TriedOption;
  readonly second: TriedOption;
  readonly firstSet: number;
  readonly secondSet: number;
  /** Both read back at the end: the value, or the negated error. */
  readonly firstRead: number;
  readonly secondRead: number;
  readonly bind: number;
}

export interface OptionConflictEvidence {
  /** Each option alone, before and after the pairs: what refuses a pair must not refuse the parts. */
  readonly before: readonly OptionAlone[];
  readonly after: readonly OptionAlone[];
  readonly pairs: readonly OptionPair[];
  /** SO_PORT_SCALABILITY set to 1, then to 0; null where it can't be set. */
  readonly zero: { readonly set: number; readonly read: number } | null;
  /** Code of SO_PORT_SCALABILITY set on a bound socket; null where there was none. */
  readonly late: number | null;
  /**
   * Where SO_PORT_SCALABILITY and SO_REUSE_UNICASTPORT can be set together: whether numbers are shared
   * without options, and then with the first alone and with both, in turn. Null where it was not
   * looked at.
   */
  readonly sharing: {
    readonly legacy: SharingSeen;
    readonly tries: readonly {
      readonly scalability: SharingSeen;
      readonly both: SharingSeen;
    }[];
  } | null;
}
