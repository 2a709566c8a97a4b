import type { PortRange } from '../model/port-range.ts';
import { lastPort, MAX_PORT } from '../model/port-range.ts';
import { WSA } from '../model/winsock-error.ts';
import type { PortPool } from './port-pool.ts';

/** A block of numbers kept for the sockets associated with it. */
export interface Reservation extends PortRange {
  readonly pool: PortPool;
  /** Persistent ones are the host's own, and any process may use them. */
  readonly persistent: boolean;
}

/**
 * Takes a block out of a pool, runtime reservation (Microsoft, SIO_ACQUIRE_PORT_RESERVATION):
 * nobody may hold any number of it, on any address, nor may it be excluded or reserved.
 * @param start first port, or 0 for the lowest block that can be had in the dynamic range
 * @returns the block, or an error: 10022 for a range that is none, 10048 where it can't be had, 10055
 *   where there is no such block
 */
export function reserve(
  pool: PortPool,
  start: number,
  count: number,
  isExcluded: (port: number) => boolean,
): Reservation | number {
  if (count < 1 || start + count - 1 > MAX_PORT) return WSA.WSAEINVAL;
  const isFree = (port: number): boolean =>
    !pool.isHeldAnywhere(port) && !pool.isRefused(port) && !isExcluded(port);
  const first = start === 0 ? firstBlock(pool.range, count, isFree) : start;
  if (first === 0) return WSA.WSAENOBUFS;
  for (let port = first; port < first + count; port++) {
    if (!isFree(port)) return WSA.WSAEADDRINUSE;
  }
  pool.reserveBlock({ start: first, count }, true);
  return { pool, start: first, count, persistent: false };
}

/**
 * The lowest number of a block that a bind to `slot` may have, or 0.
 * @param hostWide each number is given once on the host, not once an address
 */
export function portOfBlock(block: Reservation, slot: number, hostWide: boolean): number {
  for (let port = block.start; port < block.start + block.count; port++) {
    if (isFreeInBlock(block, port, slot, hostWide)) return port;
  }
  return 0;
}

/** Whether a bind to `slot` from the block may have this very number of it. */
export function isFreeInBlock(
  { pool }: Reservation,
  port: number,
  slot: number,
  hostWide: boolean,
): boolean {
  if (slot === 0 || hostWide) return !pool.isHeldAnywhere(port);
  return !pool.isHeld(slot, port) && !pool.isHeld(0, port);
}

function firstBlock(range: PortRange, count: number, isFree: (port: number) => boolean): number {
  let run = 0;
  for (let port = range.start; port <= lastPort(range); port++) {
    run = isFree(port) ? run + 1 : 0;
    if (run === count) return port - count + 1;
  }
  return 0;
}
