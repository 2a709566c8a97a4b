/** Ways to come by the local port of a connection, in the order of the arms. */
export const CONNECT_WAYS = ['bind', 'option', 'unbound', 'unicast', 'bind-again'] as const;
export type ConnectWay = (typeof CONNECT_WAYS)[number];

/** What one arm of connections met, all of them open at once. */
export interface ConnectArm {
  readonly way: ConnectWay;
  readonly connections: number;
  /** Different local numbers they used, on the one address. */
  readonly distinct: number;
  /** Numbers that served connections to two or more remotes at once. */
  readonly shared: number;
  /** Sockets that had no port yet after bind, and one after connect. */
  readonly deferred: number;
  /** Error of setsockopt that ended the arm before it began; 0 where there was none. */
  readonly optionCode: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Attempts that were made alike on something and on its control. */
export interface Tries {
  readonly tried: number;
  readonly succeeded: number;
}

/** Explicit binds of the numbers of open connections, on their address and on the wildcard address. */
export interface SeenByExplicit {
  readonly here: Tries;
  readonly everywhere: Tries;
}

/** What the experiment "connect-reuse" brings beside its arms. */
export interface ConnectReuseEvidence {
  readonly remotes: number;
  readonly arms: readonly ConnectArm[];
  /** Explicit binds of numbers unbound connects got, and the same of numbers bound before connect. */
  readonly unboundSeen: SeenByExplicit;
  readonly boundSeen: SeenByExplicit;
  /**
   * Explicit wildcard-address binds of the number of a socket on the wildcard address: before it
   * connected, and after.
   */
  readonly wildcardBefore: Tries;
  readonly wildcardAfter: Tries;
  /** Null where explicit binds tell the same, or there is no second address. */
  readonly source: SourceSweep | null;
  /** Connects that would repeat a live 4-tuple: codes, each beside whether the same socket reached another remote. */
  readonly repeats: readonly { readonly code: number; readonly elsewhere: boolean }[];
  /** Null where the host has no auto-reuse range, it is unknown, or it lies outside the dynamic range. */
  readonly overlap: OverlapSweep | null;
}

/**
 * Wildcard binds on two addresses while numbers are held: which of these come up on an address where
 * they should be free. Tries: numbers held, and those that came up.
 */
export interface SourceSweep {
  /** Of sockets on the wildcard address that connected: came up on either address. */
  readonly connected: Tries;
  /** Of sockets on the wildcard address that did not. */
  readonly bound: Tries;
  /** Of sockets on one of the two addresses: came up on the other. */
  readonly elsewhere: Tries;
  /** Enough of these came up on both addresses. */
  readonly wentRound: boolean;
}

/** A sweep of wildcard binds, to see whether numbers of the auto-reuse range come up. */
export interface OverlapSweep {
  /** Numbers the two ranges have in common. */
  readonly common: number;
  readonly swept: number;
  /** Different numbers that came up: of the common ones, and of the dynamic range's others. */
  readonly inside: number;
  readonly outside: number;
  /** How many of the others could be met at most. */
  readonly outsideFree: number;
  /** Enough binds for a host that counts upwards to have come round once. */
  readonly cameRound: boolean;
}
