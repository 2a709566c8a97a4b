import type {
  OptionAlone,
  OptionPair,
  TriedOption,
} from '../../claim/rules/option-conflict-evidence.ts';
import type { SocketId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';

type Place = Pick<
  ExperimentContext<CommonParameters>,
  'stack' | 'protocol' | 'family' | 'addressIds'
>;

/** One option on a fresh socket: read, set to 1, read again, bind. Null where there is no socket. */
export function tryAlone(place: Place, option: TriedOption): OptionAlone | null {
  const { stack } = place;
  return onFresh(place, (socket) => ({
    option,
    fresh: stack.getsockopt(socket, option),
    set: stack.setsockopt(socket, option, 1),
    read: stack.getsockopt(socket, option),
    bind: bound(place, socket),
  }));
}

/** Two options on one fresh socket, in this order, both read back, bind. */
export function tryPair(place: Place, first: TriedOption, second: TriedOption): OptionPair | null {
  const { stack } = place;
  return onFresh(place, (socket) => ({
    first,
    second,
    firstSet: stack.setsockopt(socket, first, 1),
    secondSet: stack.setsockopt(socket, second, 1),
    firstRead: stack.getsockopt(socket, first),
    secondRead: stack.getsockopt(socket, second),
    bind: bound(place, socket),
  }));
}

/** SO_PORT_SCALABILITY set to 1, then to 0, and read. */
export function tryZero(place: Place): { readonly set: number; readonly read: number } | null {
  const { stack } = place;
  return onFresh(place, (socket) => {
    if (stack.setsockopt(socket, 'SO_PORT_SCALABILITY', 1) !== 0) return null;
    const set = stack.setsockopt(socket, 'SO_PORT_SCALABILITY', 0);
    return { set, read: stack.getsockopt(socket, 'SO_PORT_SCALABILITY') };
  });
}

/** What setting SO_PORT_SCALABILITY on a bound socket answers. */
export function tryLate(place: Place): number | null {
  return onFresh(place, (socket) =>
    bound(place, socket) === 0 ? place.stack.setsockopt(socket, 'SO_PORT_SCALABILITY', 1) : null,
  );
}

/** Binds to port 0 of the first address. @returns the code */
function bound({ stack, addressIds }: Place, socket: SocketId): number {
  const code = stack.bind(socket, addressIds[0]!, 0);
  if (code === 0) stack.getsockname(socket);
  return code;
}

function onFresh<T>(
  { stack, protocol, family }: Place,
  use: (socket: SocketId) => T | null,
): T | null {
  const socket = stack.socket(protocol, family);
  if (socket < 0) return null;
  const result = use(socket);
  stack.close(socket);
  return result;
}
