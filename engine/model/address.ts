import ipaddr from 'ipaddr.js';
import type { Family } from './protocol.ts';

/** A parsed local or remote IP address, in the spelling `inet_ntop` prints. */
export interface IpAddress {
  /** Canonical text, with `%scope` where one was given. */
  readonly text: string;
  readonly family: Family;
  /** Network-order bytes: 4 for IPv4, 16 for IPv6. */
  readonly bytes: readonly number[];
  /** IPv6 zone index; 0 where there is none. Named zones (`%eth0`) are not resolved and read as 0. */
  readonly scope: number;
  readonly loopback: boolean;
  /** `0.0.0.0` or `::`. */
  readonly wildcard: boolean;
}

/**
 * Parses an address an admin typed. Only the four-part decimal IPv4 form is taken: `10.1`, `0x7f.1`
 * and leading zeros mean different things to different resolvers, so they are refused.
 * @returns undefined when the text is no IP address.
 */
export function parseAddress(text: string): IpAddress | undefined {
  if (text.includes(':')) return parseIpv6(text);
  if (!ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
  if (text.split('.').some((part) => part.length > 1 && part.startsWith('0'))) return undefined;
  const bytes = ipaddr.IPv4.parse(text).toByteArray();
  return {
    text: bytes.join('.'),
    family: 'ipv4',
    bytes,
    scope: 0,
    loopback: bytes[0] === 127,
    wildcard: bytes.every((byte) => byte === 0),
  };
}

function parseIpv6(text: string): IpAddress | undefined {
  const percent = text.indexOf('%');
  const plain = percent < 0 ? text : text.slice(0, percent);
  const zone = percent < 0 ? undefined : text.slice(percent + 1);
  if (zone === '' || !ipaddr.IPv6.isValid(plain)) return undefined;
  const parsed = ipaddr.IPv6.parse(plain);
  const bytes = parsed.toByteArray();
  const spelled = parsed.isIPv4MappedAddress()
    ? `::ffff:${parsed.toIPv4Address().toString()}`
    : parsed.toRFC5952String();
  return {
    text: zone === undefined ? spelled : `${spelled}%${zone}`,
    family: 'ipv6',
    bytes,
    scope: zone !== undefined && /^\d{1,9}$/.test(zone) ? Number(zone) : 0,
    loopback: parsed.range() === 'loopback',
    wildcard: bytes.every((byte) => byte === 0),
  };
}

/** The wildcard address of a family: a socket bound to it listens on every local address. */
export function wildcardAddress(family: Family): string {
  return family === 'ipv4' ? '0.0.0.0' : '::';
}

/** Whether an address, as `parseAddress` spells it, is the wildcard address of its family. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
