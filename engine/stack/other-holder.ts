import { KIND, MODE, traitsOf } from '../allocator/holder.ts';
import type { PortAllocator } from '../allocator/port-allocator.ts';
import { poolIndex } from '../allocator/port-allocator.ts';
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
  readonly kind: keyof typeof KIND;
  readonly mode?: keyof typeof MODE;
}

/**
 * Gives another application a port. @returns 0, or the error its bind would have got
 * @throws RangeError for text that is no address, or a port that is none
 */
export function occupyPort(
  allocator: PortAllocator,
  { protocol, address, port, kind, mode = 'default' }: OtherHolder,
): number {
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new RangeError(`no IP address: ${address}`);
  if (port === 0 || (port & 0xffff) !== port) throw new RangeError(`no port: ${port}`);
  const slot = allocator.slot(parsed);
  if (slot < 0) return WSA.WSAEADDRNOTAVAIL;
  const index = poolIndex(protocol, parsed.family);
  if (kind === 'explicit') return allocator.bindExplicit(index, slot, port, MODE[mode]);
  const pool = allocator.pool(index);
  const works = kind === 'option' && pool.optionWorks(slot);
  const traits = traitsOf(works ? KIND.option : KIND.legacy, MODE[mode]);
  if (!pool.mayClaim(slot, port, traits)) return WSA.WSAEADDRINUSE;
  pool.hold(slot, port, traits);
  return 0;
}
