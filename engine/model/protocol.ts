/**
 * Windows keeps one dynamic port range, and the lab one port pool, for each protocol and IP version.
 * Source: KB929851, and the Remarks of Microsoft's `bind` page.
 */
export const PROTOCOLS = ['tcp', 'udp'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export const FAMILIES = ['ipv4', 'ipv6'] as const;
export type Family = (typeof FAMILIES)[number];

/** The four pools, named as in host facts. */
export const POOLS = ['tcp4', 'tcp6', 'udp4', 'udp6'] as const;
export type Pool = (typeof POOLS)[number];

export function poolOf(protocol: Protocol, family: Family): Pool {
  return `${protocol}${family === 'ipv4' ? '4' : '6'}`;
}
