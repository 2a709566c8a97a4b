import { wildcardAddress } from '../../model/address.ts';
import type { BindMode } from '../../model/bind-mode.ts';
import { MODE_OPTIONS } from '../../model/bind-mode.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import { openNamedPort, tryNamedPort, type BindPlace } from './explicit-attempts.ts';
import type { FreeNumbers } from './free-numbers.ts';
import type { CommonParameters } from '../parameters.ts';

type Context = ExperimentContext<CommonParameters>;

/** What binding to an address of the other family answers; null where there is no socket. */
export function tryWrongFamily({ stack, protocol, family }: Context): number | null {
  const socket = stack.socket(protocol, family);
  if (socket < 0) return null;
  const code = stack.bind(socket, stack.intern(family === 'ipv4' ? '::1' : '127.0.0.1'), 0);
  stack.close(socket);
  return code;
}

/**
 * Dual-stack sockets (`::` with IPV6_V6ONLY off) against IPv4 ones, both ways round: what is bound
 * on one side must be seen on the other. Empty where the host has no IPv6.
 */
export function tryDualStack(context: Context, free: FreeNumbers): Record<string, number> {
  const { stack, protocol, family, addressIds } = context;
  const ipv4: BindPlace = { stack, protocol, family: 'ipv4' };
  const wildcard4 = stack.intern(wildcardAddress('ipv4'));
  const specific4 = family === 'ipv4' ? addressIds[0]! : stack.intern('127.0.0.1');
  const found: Record<string, number> = {};
  const port = free.next();
  if (port === null) return found;
  const over = (name: string, hold: () => SocketId | null, second: () => number): void => {
    // As in every cell: the second alone succeeds before and after, else somebody was in its way.
    if (second() !== 0) return;
    const holder = hold();
    if (holder === null) return;
    const code = second();
    stack.close(holder);
    if (second() === 0) found[name] = code;
  };
  const dual = (mode: BindMode): SocketId | number => openDual(context, mode, port);
  const held = (): SocketId | null => {
    const socket = dual('default');
    return socket > 0 ? socket : null;
  };
  const tried = (mode: BindMode): number => {
    const socket = dual(mode);
    if (socket > 0) stack.close(socket);
    return socket > 0 ? 0 : -socket;
  };
  const plain4 = (address: AddressId): SocketId | null =>
    openNamedPort(ipv4, 'default', address, port).socket;
  const try4 = (address: AddressId): number => tryNamedPort(ipv4, 'default', address, port);
  over('default-dual.default-wildcard4', held, () => try4(wildcard4));
  over('default-dual.default-specific4', held, () => try4(specific4));
  over(
    'default-wildcard4.default-dual',
    () => plain4(wildcard4),
    () => tried('default'),
  );
  over(
    'default-specific4.default-dual',
    () => plain4(specific4),
    () => tried('default'),
  );
  over(
    'default-specific4.exclusive-dual',
    () => plain4(specific4),
    () => tried('exclusive'),
  );
  return found;
}

/** @returns the bound socket, or a negated error */
function openDual({ stack, protocol }: Context, mode: BindMode, port: number): SocketId {
  const socket = stack.socket(protocol, 'ipv6');
  if (socket < 0) return socket;
  const failed = (code: number): number => {
    stack.close(socket);
    return -code;
  };
  const off = stack.setsockopt(socket, 'IPV6_V6ONLY', 0);
  if (off !== 0) return failed(off);
  for (const option of MODE_OPTIONS[mode]) {
    const set = stack.setsockopt(socket, option, 1);
    if (set !== 0) return failed(set);
  }
  const code = stack.bind(socket, stack.intern(wildcardAddress('ipv6')), port);
  return code === 0 ? socket : failed(code);
}
