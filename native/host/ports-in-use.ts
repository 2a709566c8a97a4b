import type { Family, Protocol } from '#engine/model/protocol.ts';
import { netstatLines } from './netstat.ts';
import { heldPorts } from './port-holders.ts';

/**
 * Local port numbers somebody holds on any address, bound-only sockets included. Starts netstat: only
 * while the lab holds no socket.
 * @returns null where that is unknown, as under Wine: see `heldPorts`
 */
export async function portsInUse(
  protocol: Protocol,
  family: Family,
): Promise<ReadonlySet<number> | null> {
  const held = await heldPorts(protocol, family);
  return held === null ? null : new Set(held.map(({ port }) => port));
}

/** The local ports in netstat's output, whatever else a line says. */
export function parseNetstat(output: string, protocol: Protocol): ReadonlySet<number> {
  return new Set(netstatLines(output, protocol).map(({ port }) => port));
}
