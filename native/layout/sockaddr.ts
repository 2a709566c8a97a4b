import type { IpAddress } from '#engine/model/address.ts';
import { AF_INET, AF_INET6 } from '../winsock/constants.ts';
import { SOCKADDR_IN, SOCKADDR_IN6 } from './layouts.ts';

/** Room for the longest socket address read here. */
export const SOCKADDR_ROOM = SOCKADDR_IN6.size;

/** A sockaddr_in or sockaddr_in6 with port 0; its length is what Winsock takes as `namelen`. */
export function sockaddrOf(address: IpAddress): Buffer {
  if (address.family === 'ipv4') {
    const buffer = Buffer.alloc(SOCKADDR_IN.size);
    buffer.writeUInt16LE(AF_INET, SOCKADDR_IN.sin_family);
    buffer.set(address.bytes, SOCKADDR_IN.sin_addr);
    return buffer;
  }
  const buffer = Buffer.alloc(SOCKADDR_IN6.size);
  buffer.writeUInt16LE(AF_INET6, SOCKADDR_IN6.sin6_family);
  buffer.set(address.bytes, SOCKADDR_IN6.sin6_addr);
  buffer.writeUInt32LE(address.scope, SOCKADDR_IN6.sin6_scope_id);
  return buffer;
}

/** @param port 0 to 65,535 */
export function writePort(sockaddr: Buffer, port: number): void {
  sockaddr[SOCKADDR_IN.sin_port] = port >>> 8;
  sockaddr[SOCKADDR_IN.sin_port + 1] = port & 0xff;
}

export function readPort(sockaddr: Buffer): number {
  return sockaddr.readUInt16BE(SOCKADDR_IN.sin_port);
}

/** Whether two socket addresses name the same address, ports aside. */
export function sameAddress(a: Buffer, b: Buffer): boolean {
  const family = a.readUInt16LE(SOCKADDR_IN.sin_family);
  if (family !== b.readUInt16LE(SOCKADDR_IN.sin_family)) return false;
  if (family === AF_INET) {
    const at = SOCKADDR_IN.sin_addr;
    return a.compare(b, at, SOCKADDR_IN.size - 8, at, SOCKADDR_IN.size - 8) === 0;
  }
  const at = SOCKADDR_IN6.sin6_addr;
  return a.compare(b, at, SOCKADDR_IN6.size, at, SOCKADDR_IN6.size) === 0;
}

/**
 * The address in a sockaddr as text that `parseAddress` takes (IPv6 groups not yet shortened).
 * @returns undefined for a family other than IPv4 and IPv6
 */
export function addressText(sockaddr: Buffer): string | undefined {
  const family = sockaddr.readUInt16LE(SOCKADDR_IN.sin_family);
  if (family === AF_INET) {
    return sockaddr.subarray(SOCKADDR_IN.sin_addr, SOCKADDR_IN.sin_addr + 4).join('.');
  }
  if (family !== AF_INET6) return undefined;
  const groups: string[] = [];
  for (let group = 0; group < 8; group++) {
    groups.push(sockaddr.readUInt16BE(SOCKADDR_IN6.sin6_addr + 2 * group).toString(16));
  }
  const scope = sockaddr.readUInt32LE(SOCKADDR_IN6.sin6_scope_id);
  return scope === 0 ? groups.join(':') : `${groups.join(':')}%${scope}`;
}
