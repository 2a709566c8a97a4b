import type { PoolFacts } from '#engine/experiment/experiment.ts';
import { resolveLimits, type LimitWishes } from '#engine/experiment/safety.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { poolOf, PROTOCOLS, type Family, type Protocol } from '#engine/model/protocol.ts';
import type { HostPool } from './host-pool.ts';

/** Where the other protocol's pool is read, and what may be taken of it. */
export interface OtherPoolWish {
  /** The run's own protocol. */
  readonly protocol: Protocol;
  readonly family: Family;
  readonly ranges: HostFacts['dynamicRanges'];
  readonly wishes: LimitWishes;
  readonly modelled: boolean;
  read(protocol: Protocol): Promise<HostPool>;
}

/** The other protocol's pool of the run's family; null where the wanted reserve can't be kept there. */
export async function otherPoolOf(wish: OtherPoolWish): Promise<PoolFacts | null> {
  const protocol = PROTOCOLS.find((one) => one !== wish.protocol) ?? wish.protocol;
  const { usable, freeOnAll } = await wish.read(protocol);
  try {
    const limits = resolveLimits(wish.wishes, usable, freeOnAll, wish.modelled);
    return { protocol, usable, range: wish.ranges[poolOf(protocol, wish.family)], limits };
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}
