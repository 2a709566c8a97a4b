import type { Strategy } from '../../model/strategy.ts';

/** What an arm of the experiment "capacity" brings beside its figures. */
export interface CapacityArm {
  readonly strategy: Strategy;
  /** What ran out in an arm that was filled; null in one that was not, or where nobody asked. */
  readonly shortage: 'ports' | 'memory' | 'unknown' | null;
  /** Codes while it was full: of the bind, and of a connect without a bind (null where none was tried, or it went through). */
  readonly bindCode: number | null;
  readonly connectCode: number | null;
  /** Of setsockopt, where that ended the arm. */
  readonly optionCode: number | null;
  /** Ports on the address that got fewest. */
  readonly fewest: number;
}

/** How an own pool of ports came about. */
export interface OwnPool {
  /** Blocks that the system reserved, or binds to numbers the lab chose. */
  readonly way: 'reservation' | 'explicit';
  /** Code of the first reservation; 0 where it worked. */
  readonly reserveCode: number;
  /** Whether a number of a block could be bound on a second address too; null where that was not seen. */
  readonly acrossAddresses: boolean | null;
}

/** Sockets with SO_REUSE_UNICASTPORT. */
export interface UnicastSeen {
  /** bind left the port to connect, so the arm made connections, and only a few. */
  readonly deferred: boolean;
  readonly connections: number;
  readonly distinct: number;
  /** Numbers that served two or more remotes at once. */
  readonly shared: number;
}

/** What the experiment "capacity" brings beside its arms; an entry an arm, in order. */
export interface CapacityEvidence {
  readonly arms: readonly CapacityArm[];
  /** Null where the run had no such arm. */
  readonly pool: OwnPool | null;
  readonly unicast: UnicastSeen | null;
}
