import type { Family, Protocol } from '#engine/model/protocol.ts';
import { systemProgramOutput } from './system-program.ts';

/** A busy server lists 100,000 lines and more. */
const BOUNDS = { timeoutMs: 10_000, maxBytes: 64 * 1024 * 1024 };

/**
 * Local port numbers somebody holds on any address, bound-only sockets included (`-q`, Windows 10 and
 * Server 2016 on; without it GetExtendedTcpTable and netstat can't see them: "TCP/IP port exhaustion
 * troubleshooting", Microsoft). Starts netstat: only while the lab holds no socket.
 * @returns null where netstat gave nothing (Wine, or it is not allowed to run)
 */
export async function portsInUse(
  protocol: Protocol,
  family: Family,
): Promise<ReadonlySet<number> | null> {
  const table = `${protocol}${family === 'ipv6' ? 'v6' : ''}`;
  const output = await systemProgramOutput('netstat.exe', ['-anq', '-p', table], BOUNDS);
  const ports = parseNetstat(output, protocol);
  // A Windows host always has listeners: no line at all means netstat told nothing.
  return ports.size === 0 ? null : ports;
}

/**
 * The local ports in netstat's output. Only the first two columns are read: the protocol, which no
 * language translates, and `address:port`.
 */
export function parseNetstat(output: string, protocol: Protocol): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const line of output.split(/\r?\n/)) {
    const match = /^\s*(TCP|UDP)\s+\S+:(\d{1,5})\s/i.exec(line);
    if (match?.[1]?.toLowerCase() !== protocol) continue;
    const port = Number(match[2]);
    if (port >= 1 && port <= 65_535) ports.add(port);
  }
  return ports;
}
