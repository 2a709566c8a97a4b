/**
 * Whether numbers held with certain options on one address were given again on another to sockets
 * with the same options.
 */
export interface SharingSeen {
  /** Numbers held on the first address. */
  readonly held: number;
  /** Binds on the second. */
  readonly swept: number;
  /** Different numbers these got. */
  readonly distinct: number;
  /** Of those, how many got a number that the first address held, and still held afterwards. */
  readonly met: number;
  /** The sweep came once round the range, as far as that is known. */
  readonly wentRound: boolean;
}
