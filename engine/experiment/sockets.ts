import type { Family, Protocol } from '../model/protocol.ts';
import type { SocketOption } from '../model/socket-option.ts';
import type { AddressId, SocketId, SocketStack } from '../stack/socket-stack.ts';
import { OP, opName, type Op } from '../event/op.ts';
import { wsaName } from '../model/winsock-error.ts';
import type { Arm } from '../run/run-document.ts';

/** A socket bound to a wildcard port, or the call that failed (the socket is closed again then). */
export type Bound =
  | { readonly ok: true; readonly socket: SocketId; readonly port: number }
  | { readonly ok: false; readonly op: Op; readonly code: number };

/** socket, options set and read back, bind to port 0, getsockname: one call after the other. */
export function openBound(
  stack: SocketStack,
  protocol: Protocol,
  family: Family,
  options: readonly SocketOption[],
  address: AddressId,
): Bound {
  const socket = stack.socket(protocol, family);
  if (socket < 0) return { ok: false, op: OP.socket, code: -socket };
  for (const option of options) {
    const code = stack.setsockopt(socket, option, 1);
    if (code !== 0) return failed(stack, socket, OP.setsockopt, code);
    stack.getsockopt(socket, option);
  }
  const code = stack.bind(socket, address, 0);
  if (code !== 0) return failed(stack, socket, OP.bind, code);
  const port = stack.getsockname(socket);
  if (port < 0) return failed(stack, socket, OP.getsockname, -port);
  return { ok: true, socket, port };
}

/** An arm's `firstError`, in the words of the API. */
export function firstError(op: Op, code: number): NonNullable<Arm['firstError']> {
  return { call: opName(op) ?? `op ${op}`, code, name: wsaName(code) };
}

function failed(stack: SocketStack, socket: SocketId, op: Op, code: number): Bound {
  stack.close(socket);
  return { ok: false, op, code };
}
