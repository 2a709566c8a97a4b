import { KIND, MODE, traitsOf, type Traits } from '../allocator/holder.ts';
import type { PortAllocator } from '../allocator/port-allocator.ts';
import { poolIndex } from '../allocator/port-allocator.ts';
import type { PortPool } from '../allocator/port-pool.ts';
import { parseAddress } from '../model/address.ts';
import type { Protocol } from '../model/protocol.ts';
import { WSA } from '../model/winsock-error.ts';

/** A socket of another application on the modelled host. */
export interface OtherHolder {
  readonly protocol: Protocol;
  readonly address: string;
  /** 1 to 65,535; for the wildcard-port kinds, inside the dynamic range. */
  readonly port: number;
  /** How it got the port: by a wildcard-port bind without or with the option, or by naming it. */
  readonly kind: 'legacy' | 'option' | 'explicit';
  readonly mode?: keyof typeof MODE;
}

/** The process of all other applications: none of the lab's has this number. */
export const OTHERS = 65_535;

/**
 * Gives another application a port. @returns 0, or the error its bind would have got
 * @throws RangeError for text that is no address, or a port that is none
 */
export function occupyPort(allocator: PortAllocator, holder: OtherHolder): number {
  const { index, slot } = placeOf(allocator, holder);
  if (slot < 0) return WSA.WSAEADDRNOTAVAIL;
  const { kind, port, mode = 'default' } = holder;
  if (kind === 'explicit') return allocator.bindExplicit(index, slot, port, MODE[mode]);
  const pool = allocator.pool(index);
  const traits = traitsOfOther(pool, slot, holder);
  if (!pool.mayClaim(slot, port, traits)) return WSA.WSAEADDRINUSE;
  pool.hold(slot, port, traits);
  return 0;
}

/** Takes back what `occupyPort` gave. @throws RangeError where nobody holds the port on that address */
export function vacatePort(allocator: PortAllocator, holder: OtherHolder): void {
  const { index, slot } = placeOf(allocator, holder);
  const pool = allocator.pool(index);
  if (slot < 0 || !pool.isHeld(slot, holder.port)) {
    throw new RangeError(`nobody holds ${holder.address}:${holder.port}`);
  }
  pool.release(slot, holder.port, traitsOfOther(pool, slot, holder));
}

/** How other applications hold what they got by a bind of this kind. */
export function traitsOfOther(
  pool: PortPool,
  slot: number,
  { kind, mode = 'default' }: Pick<OtherHolder, 'kind' | 'mode'>,
): Traits {
  if (kind === 'explicit') return traitsOf(KIND.explicit, MODE[mode]);
  const works = kind === 'option' && pool.optionWorks(slot);
  const process = pool.rules.sameProcessOnly ? OTHERS : 0;
  return traitsOf(works ? KIND.option : KIND.legacy, MODE[mode], false, process);
}

function placeOf(
  allocator: PortAllocator,
  { protocol, address, port }: OtherHolder,
): { index: number; slot: number } {
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new RangeError(`no IP address: ${address}`);
  if (port === 0 || (port & 0xffff) !== port) throw new RangeError(`no port: ${port}`);
  return { index: poolIndex(protocol, parsed.family), slot: allocator.slot(parsed) };
}
