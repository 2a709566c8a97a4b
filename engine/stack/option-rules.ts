import type { PoolIndex } from '../allocator/port-allocator.ts';
import type { SocketOption } from '../model/socket-option.ts';
import { WSA } from '../model/winsock-error.ts';
import type { Assumptions } from '../profile/assumptions.ts';

/** A socket's options as set, one bit each. */
export type OptionBits = number;

export const OPTION_BIT: Readonly<Record<SocketOption, OptionBits>> = {
  SO_REUSEADDR: 1,
  SO_EXCLUSIVEADDRUSE: 2,
  SO_RANDOMIZE_PORT: 4,
  SO_PORT_SCALABILITY: 8,
  SO_REUSE_UNICASTPORT: 16,
  IPV6_V6ONLY: 32,
};

/** A new socket's: only IPV6_V6ONLY is on, as Windows does. */
export function freshOptions(pool: PoolIndex): OptionBits {
  return isIpv6(pool) ? OPTION_BIT.IPV6_V6ONLY : 0;
}

/**
 * What setsockopt does: the new bits, or a negated error. An option set on a bound socket is
 * accepted, reads back, and changes nothing (A17 may refuse SO_PORT_SCALABILITY then).
 * Combinations that fail, with 10022 for the second: SO_REUSEADDR and SO_EXCLUSIVEADDRUSE (Microsoft,
 * SO_EXCLUSIVEADDRUSE); SO_RANDOMIZE_PORT after SO_REUSE_UNICASTPORT (Microsoft, SOL_SOCKET
 * options); that and SO_PORT_SCALABILITY (A16). SO_REUSE_UNICASTPORT means nothing on UDP, so there
 * it gets in nobody's way.
 */
export function setOption(
  bits: OptionBits,
  option: SocketOption,
  value: number,
  pool: PoolIndex,
  bound: boolean,
  assumptions: Assumptions,
): number {
  const bit = OPTION_BIT[option];
  if (!isKnown(option, pool, assumptions)) return -WSA.WSAENOPROTOOPT;
  if (option === 'SO_PORT_SCALABILITY') {
    if (bound && assumptions.A17 === 'refused') return -WSA.WSAEINVAL;
  }
  if (value === 0) {
    const sticks = option === 'SO_PORT_SCALABILITY' && assumptions.A23 === 'ignored';
    return sticks ? bits : bits & ~bit;
  }
  if ((bits & conflicts(option, pool, assumptions)) !== 0) return -WSA.WSAEINVAL;
  return bits | bit;
}

/** What getsockopt reads (0 or 1), or a negated error. */
export function getOption(
  bits: OptionBits,
  option: SocketOption,
  pool: PoolIndex,
  assumptions: Assumptions,
): number {
  const bit = OPTION_BIT[option];
  if (!isKnown(option, pool, assumptions)) return -WSA.WSAENOPROTOOPT;
  const portOption =
    OPTION_BIT.SO_RANDOMIZE_PORT | OPTION_BIT.SO_PORT_SCALABILITY | OPTION_BIT.SO_REUSE_UNICASTPORT;
  if (assumptions.A18 === 'refused' && (bit & portOption) !== 0) return -WSA.WSAENOPROTOOPT;
  return (bits & bit) === 0 ? 0 : 1;
}

/** The options that keep this one from being set. */
function conflicts(option: SocketOption, pool: PoolIndex, assumptions: Assumptions): OptionBits {
  const { A16, A24, randomizeWithUnicast } = assumptions;
  const tcp = (pool & 1) === 0;
  switch (option) {
    case 'SO_REUSEADDR':
      return OPTION_BIT.SO_EXCLUSIVEADDRUSE;
    case 'SO_EXCLUSIVEADDRUSE':
      return (
        OPTION_BIT.SO_REUSEADDR | (A24 === 'second-fails' ? OPTION_BIT.SO_PORT_SCALABILITY : 0)
      );
    case 'SO_RANDOMIZE_PORT':
      return tcp && randomizeWithUnicast === 'second-fails' ? OPTION_BIT.SO_REUSE_UNICASTPORT : 0;
    case 'SO_PORT_SCALABILITY':
      return (
        (tcp && A16 === 'second-fails' ? OPTION_BIT.SO_REUSE_UNICASTPORT : 0) |
        (A24 === 'second-fails' ? OPTION_BIT.SO_EXCLUSIVEADDRUSE : 0)
      );
    case 'SO_REUSE_UNICASTPORT':
      return tcp && A16 === 'second-fails' ? OPTION_BIT.SO_PORT_SCALABILITY : 0;
    case 'IPV6_V6ONLY':
      return 0;
  }
}

/** Options that this host, or this kind of socket, doesn't have answer 10042. */
function isKnown(option: SocketOption, pool: PoolIndex, { A1, unicastPort }: Assumptions): boolean {
  if (option === 'IPV6_V6ONLY') return isIpv6(pool);
  if (option === 'SO_PORT_SCALABILITY') return A1 !== 'refused';
  return option !== 'SO_REUSE_UNICASTPORT' || unicastPort === 'known';
}

function isIpv6(pool: PoolIndex): boolean {
  return (pool & 2) !== 0;
}
