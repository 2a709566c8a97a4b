import { NULL_SINK, type EventSink } from '#engine/event/event-sink.ts';
import type { SocketOption } from '#engine/model/socket-option.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';

export const A = '10.0.0.1';
export const B = '10.0.0.2';
export const ANY = '0.0.0.0';
export const OPTION = 'SO_PORT_SCALABILITY';

export const ADDRESSES: readonly string[] = [A, B, '10.0.0.3', 'fd00::1'];

/** The profile of `hostWith`. */
export function profileWith(
  assumptions: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): ResolvedProfile {
  const range = { start: 50_000, count: 40 };
  return resolveProfile({
    dynamicRanges: { tcp4: range, tcp6: range, udp4: range, udp6: range },
    assumptions,
    ...more,
  });
}

/** A modelled host with three IPv4 addresses and one IPv6 one, and a pool of 40 numbers each. */
export function hostWith(
  assumptions: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, unknown>> = {},
  sink: EventSink = NULL_SINK,
): SimulatedStack {
  const profile = profileWith(assumptions, more);
  return createSimulatedStack({ sink, profile, addresses: ADDRESSES, seed: 5 });
}

/** A socket with these options set to 1. */
export function socketWith(
  stack: SimulatedStack,
  options: readonly SocketOption[] = [],
  protocol: 'tcp' | 'udp' = 'tcp',
): number {
  const socket = stack.socket(protocol, 'ipv4');
  for (const option of options) {
    const code = stack.setsockopt(socket, option, 1);
    if (code !== 0) throw new Error(`${option}: ${code}`);
  }
  return socket;
}

/** Binds a fresh socket; its wildcard or named port, or the negated error. */
export function bindOne(
  stack: SimulatedStack,
  address: string,
  options: readonly SocketOption[] = [],
  port = 0,
  protocol: 'tcp' | 'udp' = 'tcp',
): number {
  const socket = socketWith(stack, options, protocol);
  const code = stack.bind(socket, stack.intern(address), port);
  return code === 0 ? stack.getsockname(socket) : -code;
}

/** Binds until the host refuses, or 10,000 are bound. @returns how many, and the refusal's code */
export function fillUp(
  stack: SimulatedStack,
  addresses: readonly string[],
  options: readonly SocketOption[] = [],
  protocol: 'tcp' | 'udp' = 'tcp',
): { first: number; bound: number; code: number } {
  const { first, bound, refused } = stack.fill({
    protocol,
    family: addresses[0]?.includes(':') === true ? 'ipv6' : 'ipv4',
    addresses: addresses.map((address) => stack.intern(address)),
    from: 0,
    options,
    count: 10_000,
    budgetNs: 1e15,
  });
  return { first, bound, code: refused?.code ?? 0 };
}
