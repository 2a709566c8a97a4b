/**
 * Socket options the lab sets, by the names Microsoft's pages use.
 * Values and levels: Microsoft "SOL_SOCKET Socket Options", Ws2def.h, Ws2ipdef.h.
 */
export const SOL_SOCKET = 0xffff;
export const IPPROTO_IPV6 = 41;

interface OptionDefinition {
  readonly level: number;
  /** The 32-bit option number as setsockopt takes it (SO_EXCLUSIVEADDRUSE is negative). */
  readonly number: number;
}

export const SOCKET_OPTIONS = {
  SO_REUSEADDR: { level: SOL_SOCKET, number: 0x0004 },
  SO_EXCLUSIVEADDRUSE: { level: SOL_SOCKET, number: ~0x0004 },
  SO_RANDOMIZE_PORT: { level: SOL_SOCKET, number: 0x3005 },
  SO_PORT_SCALABILITY: { level: SOL_SOCKET, number: 0x3006 },
  SO_REUSE_UNICASTPORT: { level: SOL_SOCKET, number: 0x3007 },
  IPV6_V6ONLY: { level: IPPROTO_IPV6, number: 27 },
} as const satisfies Record<string, OptionDefinition>;

export type SocketOption = keyof typeof SOCKET_OPTIONS;
export const SOCKET_OPTION_NAMES = Object.keys(SOCKET_OPTIONS) as readonly SocketOption[];

/** An option's number folded to 16 bits, as event rows carry it in their `port` column. */
export function optionTag(option: SocketOption): number {
  return SOCKET_OPTIONS[option].number & 0xffff;
}
