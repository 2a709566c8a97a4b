import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';
import type { SocketOption } from '#engine/model/socket-option.ts';
import { EventLog } from '../../stack/event-log.ts';

export const A = '10.0.0.1';
export const B = '10.0.0.2';
export const ANY = '0.0.0.0';
export const REMOTE = '203.0.113.9';
export const OTHER_REMOTE = '203.0.113.10';
export const START = 50_000;
export const SECOND = 1e9;

/** A modelled host with two IPv4 addresses and a pool of ten numbers, and the log of its events. */
export function modelled(
  profile: Readonly<Record<string, unknown>> = {},
  seed = 3,
): { stack: SimulatedStack; log: EventLog } {
  const log = new EventLog();
  const resolved = resolveProfile({
    dynamicRanges: { tcp4: { start: START, count: 10 }, udp4: { start: START, count: 10 } },
    ...profile,
  });
  const stack = createSimulatedStack({ sink: log, profile: resolved, addresses: [A, B], seed });
  return { stack, log };
}

/** A TCP socket with these options set. */
export function made(
  stack: SimulatedStack,
  options: readonly SocketOption[] = [],
  process = 0,
): number {
  const socket = stack.socket('tcp', 'ipv4', process);
  for (const option of options) {
    const code = stack.setsockopt(socket, option, 1);
    if (code !== 0) throw new Error(`${option}: ${code}`);
  }
  return socket;
}

/** A bound TCP socket; throws where bind fails. */
export function boundTo(
  stack: SimulatedStack,
  address: string,
  port = 0,
  options: readonly SocketOption[] = [],
  process = 0,
): number {
  const socket = made(stack, options, process);
  const code = stack.bind(socket, stack.intern(address), port);
  if (code !== 0) throw new Error(`bind ${address}:${port}: ${code}`);
  return socket;
}

/** Connects to a port of `remote`. @returns the code */
export function connectTo(stack: SimulatedStack, socket: number, port = 443, remote = REMOTE) {
  return stack.connect(socket, stack.intern(remote), port);
}
