import { MODE_OPTIONS, type BindMode } from '../../model/bind-mode.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';

export type BindPlace = Pick<ExperimentContext<CommonParameters>, 'stack' | 'protocol' | 'family'>;

/** A socket bound to a number it named, or the code of the call that failed (nothing is open then). */
export type Named =
  | { readonly code: 0; readonly socket: SocketId }
  | { readonly code: number; readonly socket: null };

/** Binds a fresh socket to a number of the caller's choice, and holds it. */
export function openNamedPort(
  place: BindPlace,
  mode: BindMode,
  address: AddressId,
  port: number,
): Named {
  const named = bindNamed(place, mode, address, port);
  if (named.socket !== null) place.stack.getsockname(named.socket);
  return named;
}

/**
 * The same, closed again at once. Without the getsockname that says a port is held from now on: an
 * attempt is no holding. @returns the code
 */
export function tryNamedPort(
  place: BindPlace,
  mode: BindMode,
  address: AddressId,
  port: number,
): number {
  const { code, socket } = bindNamed(place, mode, address, port);
  if (socket !== null) place.stack.close(socket);
  return code;
}

/** Binds without an option and listens, for an instant. @returns the code, or null where the bind failed */
export function tryListen(place: BindPlace, address: AddressId, port: number): number | null {
  const { socket } = bindNamed(place, 'default', address, port);
  if (socket === null) return null;
  const code = place.stack.listen(socket, 1);
  place.stack.close(socket);
  return code;
}

function bindNamed(
  { stack, protocol, family }: BindPlace,
  mode: BindMode,
  address: AddressId,
  port: number,
): Named {
  const socket = stack.socket(protocol, family);
  if (socket < 0) return { code: -socket, socket: null };
  for (const option of MODE_OPTIONS[mode]) {
    const code = stack.setsockopt(socket, option, 1);
    if (code !== 0) {
      stack.close(socket);
      return { code, socket: null };
    }
  }
  const code = stack.bind(socket, address, port);
  if (code === 0) return { code, socket };
  stack.close(socket);
  return { code, socket: null };
}
