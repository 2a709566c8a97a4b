import { lastPort, MAX_PORT, type PortRange } from '../model/port-range.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import type { AddressId, SocketStack } from '../stack/socket-stack.ts';

/** What an allocation failed for: `unknown` where nothing could tell. */
export type Shortage = 'ports' | 'memory' | 'unknown';

/** WSAENOBUFS. Of a call that asks for no wildcard port it can only mean memory. */
const NO_BUFFERS = 10_055;

/** Numbers tried: others may listen on some, or a range may be excluded (WinNAT takes 100 in a row). */
const CANDIDATES = 8;
/** Between them, so that one block of exclusions doesn't hold them all. */
const STRIDE = 211;
const FIRST_USER_PORT = 1_024;
/**
 * Where the range is unknown: below the default of Windows (49,152) and of Linux (32,768), above what
 * services use most. A number inside the range would do as well, as long as it can be bound.
 */
const UNKNOWN_RANGE_BELOW = 30_000;

/**
 * Tells 10055 for ports from 10055 for memory, right after a wildcard port was refused: a socket bound
 * to a number of its own needs as much memory and no wildcard port. Makes at most 8 sockets, one after
 * the other, without options, and closes each again. They are recorded like all others; they hold a
 * number outside the range for an instant only.
 * @param range the dynamic range of that pool; null where it is unknown
 */
export function tellApart(
  stack: SocketStack,
  protocol: Protocol,
  family: Family,
  address: AddressId,
  range: PortRange | null,
): Shortage {
  for (const port of portsOutside(range)) {
    const socket = stack.socket(protocol, family);
    if (socket < 0) return -socket === NO_BUFFERS ? 'memory' : 'unknown';
    const code = stack.bind(socket, address, port);
    stack.close(socket);
    if (code === 0) return 'ports';
    if (code === NO_BUFFERS) return 'memory';
    // Somebody has it (10048, 10013), or the address is gone: the next one may tell.
  }
  return 'unknown';
}

/** Numbers to try: below the range, then above it; none where the range leaves no room. */
export function portsOutside(range: PortRange | null): number[] {
  const start = range === null ? UNKNOWN_RANGE_BELOW : range.start;
  const ports: number[] = [];
  for (let port = start - 1; port >= FIRST_USER_PORT; port -= STRIDE) ports.push(port);
  for (let port = range === null ? MAX_PORT + 1 : lastPort(range) + 1; port <= MAX_PORT;) {
    ports.push(port);
    port += STRIDE;
  }
  return ports.slice(0, CANDIDATES);
}
